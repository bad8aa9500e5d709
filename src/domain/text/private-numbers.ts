/** Whether 17 or 18 digits may be an ID number as far as form goes: a wrong checksum is still somebody's number with a slip. */
export function isPlausibleId(digits: string): boolean {
  return /^[1-9]\d{5}(?:18|19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}\d?$/.test(digits);
}

/** Whether 15 digits may be an ID number of before 1999. */
export function isOldId(digits: string): boolean {
  return /^[1-9]\d{5}\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}$/.test(digits);
}

/** Whether digits pass the check that bank cards pass. */
export function passesLuhn(digits: string): boolean {
  const sum = [...digits].reverse().reduce((total, digit, index) => {
    const value = Number(digit) * (index % 2 === 1 ? 2 : 1);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return sum % 10 === 0;
}
