/** An object as JSON has it. */
export type JsonObject = Record<string, unknown>

/** What a draft holds: the two parts of a question set, which may be incomplete. */
export interface DraftContent {
  questions: JsonObject
  plan: JsonObject
}
