// Which characters an answer in free text may hold. Strings are stored and sent as UTF-8 and counted in UTF-16 units, as browsers'
// maxlength counts; without lone surrogates a text of n units is at most 3n bytes.

const anyLineBreak = /\r\n|[\r\v\f\u0085\u2028\u2029]/g
const forbidden = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\ufdd0-\ufdef\ufffe\uffff]/g
const forbiddenOnce = new RegExp(forbidden.source)

/** What a person typed or pasted, as it is stored: line breaks as \n, no control characters, no half characters, trimmed. */
export function cleanText(text: string): string {
  return text.replace(anyLineBreak, '\n').replace(forbidden, '').toWellFormed().trim()
}

/** Whether a text holds only characters that every reader of it can show: tab and \n, but no other control character and no lone surrogate. */
export const isCleanText = (text: string): boolean => text.isWellFormed() && !forbiddenOnce.test(text)

const isEmpty = (value: unknown) =>
  value === '' || (typeof value === 'object' && value !== null && Object.keys(value).length === 0)

/** Cleans the texts of answers that came as JSON; what is empty becomes null (no answer). Wrong values stay for `check` to refuse. */
export function cleanAnswers(answers: Record<string, unknown>): Record<string, unknown> {
  const cleaned = Object.entries(answers).map(([name, value]) => {
    const text = typeof value === 'string' ? cleanText(value) : value
    return [name, isEmpty(text) ? null : text] as const
  })
  return Object.fromEntries(cleaned)
}
