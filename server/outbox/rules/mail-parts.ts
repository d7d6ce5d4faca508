/** A stretch of a paragraph: words, or an address to follow. */
export type Run = { text: string } | { url: string }

/** A part of a message; both forms of the message are made from the same parts. */
export type Part =
  | { heading: string }
  | { paragraph: string }
  | { runs: readonly Run[] }
  | { list: readonly string[] }
  /** A button in HTML; its address written out in both forms. */
  | { action: string; url: string }

/** One line without control characters: what goes into a header cannot start another. */
export const oneLine = (text: string): string => text.replace(/[\s\p{Cc}\p{Cf}\u2028\u2029]+/gu, ' ').trim()
