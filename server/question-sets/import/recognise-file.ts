// Files of other tools, known by how they begin or by what is at their top: named, so that people see what went wrong.
import { isObject } from './source.ts'

type Known = readonly [pattern: RegExp, what: string]

const byBytes: Known[] = [
  [/^PK\x03\x04[^]*word\//, 'a Word document (docx)'],
  [/^PK\x03\x04[^]*xl\//, 'an Excel workbook (xlsx)'],
  [/^PK\x03\x04[^]*application\/vnd\.oasis/, 'an OpenDocument file (odt, ods)'],
  [/^PK/, 'a zip file. Unpack it first, and choose the JSON file in it, if there is one'],
  [/^%PDF/, 'a PDF'],
  [/^\xd0\xcf\x11\xe0/, 'an old Office file (doc, xls), or one protected by a password'],
  [/^\x1f\x8b/, 'a gzip file. Unpack it first'],
  [/^(\x89PNG|\xff\xd8\xff|GIF8)/, 'a picture'],
  [/^SQLite format 3/, 'a database'],
]

const byText: Known[] = [
  [/^<[^]*<LimeSurveyDocType>/, 'a LimeSurvey survey (lss). Only its text can be copied over, by hand'],
  [/^<(!doctype html|html|head|body|div|script)\b/i, 'a web page'],
  [/^<[^]*<(h:html|xforms|codeBook|ddi)/i, 'a questionnaire in XML (XForms or DDI)'],
  [/^<\?xml|^<\w/, 'an XML file'],
  [/^\{\\rtf/, 'a rich text document (rtf)'],
  [
    /^((const|let|var|export|import|window|module)\b|Survey\.|\/[/*])/,
    'a program (JavaScript). Copy only the JSON, from its first { to its last }',
  ],
  [/^(---\s|\w+:\s)/, 'a YAML file'],
  [/^(id|class)\t/, 'a LimeSurvey survey as a table (tsv)'],
  [/^[^{[\n]*([,;\t])[^\n]*\1[^\n]*(\n|$)/, 'a table (csv). A question set is a JSON file'],
]

/** What a file is by its first bytes, where it is not text; undefined where it may be text. */
export const recogniseBytes = (head: string): string | undefined => find(byBytes, head)

/** What a text is by its beginning, where it cannot be JSON. */
export const recogniseText = (text: string): string | undefined => find(byText, text.trimStart().slice(0, 1000))

const find = (known: readonly Known[], text: string) => known.find(([pattern]) => pattern.test(text))?.[1]

const byKeys: readonly (readonly [keys: string[], what: string])[] = [
  [['SurveyEntry', 'SurveyElements'], 'a Qualtrics survey (qsf)'],
  [['formId', 'items'], 'a Google form'],
  [['fields', 'settings'], 'a Typeform form'],
  [['fields', 'thankyou_screens'], 'a Typeform form'],
  [['resourceType'], 'a FHIR resource'],
  [['components', 'display'], 'a Form.io form'],
  [['$schema', 'properties'], 'a JSON schema'],
  [['breakdowns', 'indicators'], 'an analysis plan on its own. Its questions are missing'],
]

/** What tool a JSON object comes from, where it is neither ours nor SurveyJS's. */
export function recogniseObject(value: object): string | undefined {
  const found = byKeys.find(([keys]) => keys.every((key) => Object.hasOwn(value, key)))
  if (found) return found[1]
  const page: unknown = 'pages' in value && Array.isArray(value.pages) ? value.pages[0] : undefined
  const question: unknown = isObject(page) && Array.isArray(page.questions) ? page.questions[0] : undefined
  return isObject(question) && 'headings' in question ? 'a SurveyMonkey survey' : undefined
}
