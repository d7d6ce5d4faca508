import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const folder = join(import.meta.dirname, 'fixtures/malformed-answers')

export interface MalformedAnswers {
  /** `<code of the problem>--<what is wrong>`, the name of its file. */
  name: string
  questionSet: 'discharge-information-flow' | 'relational-audit'
  /** As it would stand in a request's body; not always JSON. */
  text: string
  /** The code of the problem that the check finds; `not_json` where a body parser refuses it. */
  code: string
}

/** The corpus of malformed submissions, in the order of their names. */
export function malformedAnswers(): MalformedAnswers[] {
  return readdirSync(folder)
    .sort()
    .map((file) => {
      const name = file.replace(/\.json$/, '')
      const [code = ''] = name.replace(/^audit-/, '').split('--')
      const questionSet = name.startsWith('audit-') ? 'relational-audit' : 'discharge-information-flow'
      return { name, questionSet, text: readFileSync(join(folder, file), 'utf8'), code: code.replaceAll('-', '_') }
    })
}
