// Rounding of published figures: halves go up, as the reports do and a reader with a calculator expects.

// 45 units in the last place: far more than the arithmetic before a rounding loses (a few), far less than the distance of a true figure from a
// half, which for a percentage to one decimal is at least 1/(2 × base) of the last decimal, and for a mean at least 1/(5,040 × base).
const relativeTolerance = 1e-14

/**
 * The value to so many decimals, halves towards plus infinity (12.25 → 12.3, −12.25 → −12.2). A value that only its binary representation keeps
 * under a half (1.005, 28.949999999999996) counts as the half. Exact for percentages and means with a base up to ten million.
 */
export function roundHalfUp(value: number, decimals: number): number {
  const shifted = value * 10 ** decimals
  const units = Math.floor(shifted + 0.5 + relativeTolerance * Math.max(1, Math.abs(shifted)))
  return units / 10 ** decimals
}

/** A proportion (0–1) as a percentage to one decimal: for data (JSON, CSV). */
export function percentForData(proportion: number): number {
  return roundHalfUp(proportion * 100, 1)
}

/** A proportion (0–1) as a whole percentage: for text and tables. Never round the one-decimal figure again: 28.46 is 28, though 28.5 is 29. */
export function percentForText(proportion: number): number {
  return roundHalfUp(proportion * 100, 0)
}
