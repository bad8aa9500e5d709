/**
 * Whether 17 or 18 digits have the form of an ID number; a wrong checksum counts too, for it is somebody's number with
 * a slip.
 */
export function isPlausibleId(digits: string): boolean {
  return /^[1-9]\d{5}(?:18|19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}\d?$/.test(digits);
}

/** Whether 15 digits have the form of an ID number from before 1999. */
export function isOldId(digits: string): boolean {
  return /^[1-9]\d{5}\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}$/.test(digits);
}

/** Whether digits pass the Luhn check of bank cards. */
export function passesLuhn(digits: string): boolean {
  const sum = [...digits].reverse().reduce((total, digit, index) => {
    const value = Number(digit) * (index % 2 === 1 ? 2 : 1);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return sum % 10 === 0;
}
