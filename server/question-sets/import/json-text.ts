// Reads JSON that comes from outside: depth and keys are looked at without recursion, before JSON.parse builds anything.
import type { Problem } from '../../../surveys/checking/check-question-set.ts'

/** How deep lists and objects may lie inside one another. A SurveyJS file of ours needs 7. */
const deepest = 50

export type ReadJson = { value: unknown } | { problem: Problem }

/** The value of a JSON text; or the first thing that is wrong with it, by line and column (both from 1). */
export function readJson(text: string): ReadJson {
  const fault = findFault(text)
  if (fault) return { problem: { place: placeOf(text, fault.offset), message: fault.message } }
  return { value: JSON.parse(text) as unknown }
}

interface Fault {
  offset: number
  message: string
}
interface Container {
  close: '}' | ']'
  keys: Set<string>
}
type Expected = 'value' | 'value or end' | 'key' | 'key or end' | 'colon' | 'comma or end' | 'nothing'

const number = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y
const word = /(?:true|false|null)(?!\w)/y
const whitespace = /[ \t\r\n]*/y
const escape = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y
const plain = /[^"\\\u0000-\u001f]+/y

const sayExpected: Record<Expected, string> = {
  value: 'a value should stand here',
  'value or end': 'a value or ] should stand here',
  key: 'a name in double quotes should stand here (is there a comma too many?)',
  'key or end': 'a name in double quotes or } should stand here',
  colon: 'a colon should stand here',
  'comma or end': 'a comma or a closing bracket should stand here',
  nothing: 'there is something after the end of the JSON',
}

/** Where a sticky pattern that matches at an offset ends; the offset itself where it does not match. */
function matchEnd(pattern: RegExp, text: string, offset: number): number {
  pattern.lastIndex = offset
  return pattern.test(text) ? pattern.lastIndex : offset
}

/** The end of the string whose opening quote is at an offset; a fault where it is none. */
function stringEnd(text: string, start: number): number | Fault {
  let at = start + 1
  while (at < text.length && text[at] !== '"') {
    const next = matchEnd(text[at] === '\\' ? escape : plain, text, at)
    if (next === at) {
      const message =
        text[at] === '\\'
          ? 'this is not JSON: after \\ comes none of " \\ / b f n r t u'
          : 'this is not JSON: a text in quotes runs over the end of its line'
      return { offset: at, message }
    }
    at = next
  }
  return at < text.length ? at + 1 : { offset: start, message: 'this is not JSON: a quote is opened and never closed' }
}

const findFault = (text: string): Fault | undefined => new Scanner(text).findFault()

class Scanner {
  readonly #text: string
  readonly #open: Container[] = []
  #expected: Expected = 'value'
  #at = 0

  constructor(text: string) {
    this.#text = text
  }

  findFault(): Fault | undefined {
    for (;;) {
      this.#at = matchEnd(whitespace, this.#text, this.#at)
      if (this.#at >= this.#text.length) break
      const fault = this.#take(this.#text[this.#at] ?? '')
      if (fault) return fault
    }
    return this.#expected === 'nothing' ? undefined : this.#fault('this is not JSON: it breaks off before its end')
  }

  #take(character: string): Fault | undefined {
    switch (character) {
      case '"':
        return this.#takeString()
      case '{':
        return this.#takeOpening('}')
      case '[':
        return this.#takeOpening(']')
      case '}':
      case ']':
        return this.#takeClosing(character)
      case ',':
        return this.#takeSign('comma or end', this.#open.at(-1)?.close === '}' ? 'key' : 'value')
      case ':':
        return this.#takeSign('colon', 'value')
      default:
        return this.#takeWord()
    }
  }

  #takeString(): Fault | undefined {
    const isKey = this.#expected.startsWith('key')
    if (!isKey && !this.#expected.startsWith('value')) return this.#unexpected()
    const end = stringEnd(this.#text, this.#at)
    if (typeof end !== 'number') return end
    if (!isKey) return this.#moveTo(end, this.#afterValue())
    const key = JSON.parse(this.#text.slice(this.#at, end)) as string
    const keys = this.#open.at(-1)?.keys
    if (keys?.has(key)) return this.#fault(`“${key.slice(0, 60)}” is there twice in one object`)
    keys?.add(key)
    return this.#moveTo(end, 'colon')
  }

  #takeOpening(close: Container['close']): Fault | undefined {
    if (!this.#expected.startsWith('value')) return this.#unexpected()
    if (this.#open.length === deepest)
      return this.#fault(`lists and objects lie more than ${deepest} deep inside one another`)
    this.#open.push({ close, keys: new Set() })
    return this.#moveTo(this.#at + 1, close === '}' ? 'key or end' : 'value or end')
  }

  #takeClosing(close: Container['close']): Fault | undefined {
    if (!this.#expected.endsWith('or end') || this.#open.at(-1)?.close !== close) return this.#unexpected()
    this.#open.pop()
    return this.#moveTo(this.#at + 1, this.#afterValue())
  }

  #takeSign(where: Expected, next: Expected): Fault | undefined {
    return this.#expected === where ? this.#moveTo(this.#at + 1, next) : this.#unexpected()
  }

  /** A number, true, false or null. */
  #takeWord(): Fault | undefined {
    const end = Math.max(matchEnd(number, this.#text, this.#at), matchEnd(word, this.#text, this.#at))
    if (end === this.#at || !this.#expected.startsWith('value')) return this.#unexpected()
    return this.#moveTo(end, this.#afterValue())
  }

  #afterValue(): Expected {
    return this.#open.length === 0 ? 'nothing' : 'comma or end'
  }

  #moveTo(at: number, expected: Expected): undefined {
    this.#at = at
    this.#expected = expected
  }

  #fault(message: string): Fault {
    return { offset: this.#at, message }
  }

  #unexpected(): Fault {
    return this.#fault(`this is not JSON: ${sayExpected[this.#expected]}`)
  }
}

function placeOf(text: string, offset: number): string {
  const lines = text.slice(0, offset).split(/\r\n|\r|\n/)
  return `line ${lines.length}, column ${(lines.at(-1) ?? '').length + 1}`
}
