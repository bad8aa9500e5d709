/** The purpose for which the handles of delivered cards are sealed; see `vault.ts`. */
export function handlePurpose(jurisdictionId: string): string {
  return `handle:${jurisdictionId}`;
}
