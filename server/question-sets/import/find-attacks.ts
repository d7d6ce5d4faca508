// What no question set may hold, wherever it stands in the file, kept or not: markup, script, regular expressions, conditions that call.
import { ConditionRunner, ConditionsParser } from 'survey-core'
import type { Problem } from '../../../surveys/checking/check-question-set.ts'

const forbiddenKeys = ['__proto__', 'constructor', 'prototype']
const conditionKeys = ['visibleIf', 'notApplicableWhen']
const longestCondition = 2000
/** Of all conditions together: reading a hundred thousand takes half a second. */
const mostOfConditions = 100_000
const mostProblems = 100
/** How deep lists and objects may lie inside one another. A SurveyJS file of ours needs 7. */
const deepest = 50

/**
 * Everything in a file that is refused for what it could do, at most 100, by place. In a file that is not ours the text of an element of
 * HTML may have markup, which is not kept, but no script.
 */
export function findAttacks(file: Record<string, unknown>): Problem[] {
  const ours = 'footbridge' in file
  const problems: Problem[] = []
  let ofConditions = 0
  look(file, '', 1)
  return problems.slice(0, mostProblems)

  function look(value: unknown, place: string, level: number, markup = false) {
    if (typeof value === 'string') say(place, markup ? scriptIn(value) : attackIn(value))
    if (typeof value !== 'object' || value === null) return
    if (level > deepest) return say(place, `lists and objects lie more than ${deepest} deep inside one another`)
    const before = place && `${place}.`
    const isNote = !ours && 'type' in value && value.type === 'html'
    for (const [key, inner] of Object.entries(value)) {
      if (problems.length >= mostProblems) return
      const at = `${before}${key.slice(0, 60)}`
      say(at, attackOfKey(key, inner, place))
      say(at, attackInCondition(key, inner))
      look(inner, at, level + 1, markup || (isNote && key === 'html'))
    }
  }

  function attackInCondition(key: string, condition: unknown): string | undefined {
    if (!conditionKeys.includes(key) || typeof condition !== 'string') return undefined
    if (condition.length > longestCondition)
      return `this condition has ${condition.length} characters: the most is ${longestCondition}`
    const before = ofConditions
    ofConditions += condition.length
    if (before > mostOfConditions) return undefined
    if (ofConditions > mostOfConditions) return `all conditions together have ${mostOfConditions} characters at most`
    // The runner warns on the console about what it cannot parse: that is told where conditions are read.
    const calls = new ConditionsParser().parseExpression(condition) && new ConditionRunner(condition).hasFunction()
    return calls ? `this condition calls a function: ${condition.slice(0, 100)}` : undefined
  }

  function say(place: string, message: string | undefined) {
    if (message !== undefined) problems.push({ place: place || 'file', message })
  }
}

function attackOfKey(key: string, value: unknown, place: string): string | undefined {
  if (forbiddenKeys.includes(key)) return `${key} cannot be a name in a file`
  const isRegex = key === 'type' && (value === 'regex' || value === 'regexvalidator')
  if (isRegex || key === 'regex' || (key === 'pattern' && place.endsWith('.maskSettings')))
    return 'a regular expression or pattern is not allowed'
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
