// What no question set may hold, wherever it stands in the file, kept or not: markup, script, regular expressions, conditions that call.
import { ConditionRunner, ConditionsParser } from 'survey-core'
import type { Problem } from '../../../surveys/checking/check-question-set.ts'

const forbiddenKeys = ['__proto__', 'constructor', 'prototype']
const conditionKeys = ['visibleIf', 'notApplicableWhen']
const longestCondition = 2000
/** Of all conditions together: reading a hundred thousand takes half a second. */
const mostOfConditions = 100_000
const mostProblems = 100

/**
 * Everything in a file that is refused for what it could do, at most 100, by place. `file` is at most 50 deep. In a file that is not ours the
 * text of an element of HTML may have markup, which is not kept, but no script.
 */
export function findAttacks(file: Record<string, unknown>): Problem[] {
  const ours = 'footbridge' in file
  const problems: Problem[] = []
  let ofConditions = 0
  look(file, '')
  return problems.slice(0, mostProblems)

  function look(value: unknown, place: string, markup = false) {
    if (typeof value === 'string') say(place, markup ? scriptIn(value) : attackIn(value))
    if (typeof value !== 'object' || value === null) return
    say(place, attackOf(value))
    for (const [key, inner] of Object.entries(value)) {
      if (problems.length >= mostProblems) return
      const at = `${place && `${place}.`}${key.slice(0, 60)}`
      say(at, attackAt(key, inner))
      if (conditionKeys.includes(key) && typeof inner === 'string') say(at, attackInCondition(inner))
      look(inner, at, markup || (!ours && key === 'html' && 'type' in value && value.type === 'html'))
    }
  }

  function attackInCondition(condition: string): string | undefined {
    if (condition.length > longestCondition)
      return `this condition has ${condition.length} characters: the most is ${longestCondition}`
    const before = ofConditions
    ofConditions += condition.length
    if (ofConditions > mostOfConditions)
      return before > mostOfConditions
        ? undefined
        : `all conditions together have ${mostOfConditions} characters at most`
    // The runner warns on the console about what it cannot parse: that is told where conditions are read.
    if (!new ConditionsParser().parseExpression(condition)) return undefined
    return new ConditionRunner(condition).hasFunction()
      ? `this condition calls a function: ${condition.slice(0, 100)}`
      : undefined
  }

  function say(place: string, message: string | undefined) {
    if (message !== undefined) problems.push({ place: place || 'file', message })
  }
}

// Every pattern takes time in proportion to the text: what is read here may be a megabyte of anything.
function attackIn(text: string): string | undefined {
  const script = scriptIn(text)
  if (script !== undefined) return script
  if (/<[!/?a-z]/i.test(text)) return 'this holds HTML: a question set is plain text'
  if (/&(#\d{1,7}|#x[\da-f]{1,6}|[a-z]{2,8});/i.test(text))
    return 'this holds an HTML code such as &amp;: write the character itself'
}

function scriptIn(text: string): string | undefined {
  if (/<\/?script/i.test(text)) return 'this holds script: a question set is plain text'
  if (/<[a-z][^<>]*[\s"'/]on[a-z]+\s*=/i.test(text))
    return 'this holds HTML that runs script: a question set is plain text'
  // Browsers skip control characters and line breaks inside an address.
  const compact = text.replace(/[\u0000-\u0020\u00ad\u200b-\u200f]/g, '')
  if (/(javascript|vbscript):|data:text\/html/i.test(compact)) return 'this holds an address that runs script'
}

function attackOf(object: object): string | undefined {
  const type: unknown = 'type' in object ? object.type : undefined
  if (type === 'regex' || type === 'regexvalidator') return 'a regular expression is not allowed'
}

function attackAt(key: string, value: unknown): string | undefined {
  if (forbiddenKeys.includes(key)) return `${key} cannot be a name in a file`
  if (key === 'regex' || (key === 'maskSettings' && typeof value === 'object' && value !== null && 'pattern' in value))
    return 'a regular expression or pattern is not allowed'
}
