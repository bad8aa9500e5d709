/** The purpose for which the phones of stations, deputies and units are sealed; see `vault.ts`. */
export function phonePurpose(kind: "stations" | "deputies" | "units", jurisdictionId: string): string {
  return `phone:${kind}:${jurisdictionId}`;
}
