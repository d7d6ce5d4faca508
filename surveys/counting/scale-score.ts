// What one respondent's answers give in a scale.

/**
 * Scores are kept in 2520ths of a point: 2520 is the least common multiple of 1 … 10, so a mean of up to ten answered items is whole.
 * A score is at most 12,600 and its square under 1.6e8, so plain numbers hold the sum of squares exactly up to 56 million responses.
 */
export const scoreUnit = 2520

/**
 * The codes of a scale's items as they were answered, '' where they were not, as 1–5, those of reversed items turned round; null where an item
 * does not count.
 */
export function turnedAnswers(codes: readonly string[], reversed: readonly boolean[]): (number | null)[] {
  return turnRound(
    codes.map((code) => (/^[1-5]$/.test(code) ? Number(code) : null)),
    reversed,
  )
}

/** A respondent's answers (1–5, null where not answered), those of reversed items turned round: 6 − x. */
export function turnRound(answers: readonly (number | null)[], reversed: readonly boolean[]): (number | null)[] {
  return answers.map((answer, index) => {
    if (answer !== null && !(Number.isInteger(answer) && answer >= 1 && answer <= 5))
      throw new RangeError(`${answer} is not an answer from 1 to 5`)
    return answer !== null && reversed[index] === true ? 6 - answer : answer
  })
}

/** The score in units of 1/2520: the mean of the answered items, when at least half of up to ten are; otherwise null. Takes turned answers. */
export function scoreOf(turned: readonly (number | null)[]): number | null {
  if (turned.length > 10) throw new RangeError('a scale has at most ten items')
  const answered = turned.filter((answer) => answer !== null)
  if (answered.length === 0 || answered.length * 2 < turned.length) return null
  return answered.reduce((sum, answer) => sum + answer, 0) * (scoreUnit / answered.length)
}
