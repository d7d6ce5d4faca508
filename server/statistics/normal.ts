/** The two-sided 95% point of the normal distribution, to double precision. */
export const z95 = 1.959963984540054
