import { blocksOf, buttonOf, fieldsIn, type Template } from './template.ts'
import { isLink, kindFields, type FieldName, type TemplateKind } from './template-fields.ts'

export const maxSubject = 200
export const maxBody = 20_000

export interface TemplateFault {
  place: 'subject' | 'body'
  /** In plain words, with the line that is meant. */
  message: string
}

/** Everything that is wrong with the words of a message; empty where it can be sent. */
export function checkTemplate(kind: TemplateKind, { subject, body }: Template): TemplateFault[] {
  const inSubject = [...subjectFaults(subject), ...bracketFaults(subject), ...fieldFaults(kind, subject)]
  const inBody = [...bodyFaults(body), ...bracketFaults(body), ...fieldFaults(kind, body), ...missing(kind, body)]
  return [
    ...inSubject.map((message) => ({ place: 'subject' as const, message })),
    ...inBody.map((message) => ({ place: 'body' as const, message })),
  ]
}

function subjectFaults(subject: string): string[] {
  if (subject.trim() === '') return ['Enter a subject.']
  return [
    ...(/[\p{Cc}\p{Zl}\p{Zp}]/u.test(subject) ? ['The subject must be one line, without line breaks.'] : []),
    ...(subject.length > maxSubject ? [`The subject must be ${maxSubject} characters or fewer.`] : []),
    ...fieldsIn(subject)
      .filter((name) => isLink(name as FieldName))
      .map((name) => `A subject cannot hold an address: take {{${name}}} out.`),
  ]
}

function bodyFaults(body: string): string[] {
  if (body.trim() === '') return ['Enter the message.']
  const buttons = blocksOf(body).flatMap((block) => {
    const button = buttonOf(block)
    if (button && !isLink(button.field as FieldName))
      return [`The button "${button.words}" needs an address, such as {{link}}, not {{${button.field}}}.`]
    return !button && /\]\s*\(/.test(block)
      ? [`A button stands in a paragraph of its own, written as [Words]({{link}}): "${shown(block)}".`]
      : []
  })
  return [...(body.length > maxBody ? [`The message must be ${maxBody} characters or fewer.`] : []), ...buttons]
}

/** Brackets that open and do not close, close and do not open, or hold something that is no name. */
function bracketFaults(text: string): string[] {
  return text.split(/\r\n?|\n/).flatMap((line, index) => {
    const where = `line ${index + 1}, "${shown(line)}"`
    const rest = line.replace(/\{\{([^{}]*)\}\}/g, (_whole, name: string) =>
      /^\s*[a-z_]+\s*$/.test(name) ? '' : '\u0000',
    )
    return [
      ...(rest.includes('\u0000') ? [`A field is a name in lower case between {{ and }}: ${where}.`] : []),
      ...(rest.includes('{{') ? [`A field is opened with {{ and not closed with }}: ${where}.`] : []),
      ...(!rest.includes('{{') && rest.includes('}}') ? [`There is }} without {{ before it: ${where}.`] : []),
    ]
  })
}

function fieldFaults(kind: TemplateKind, text: string): string[] {
  const { offered } = kindFields[kind]
  const unknown = [...new Set(fieldsIn(text))].filter((name) => !offered.includes(name as FieldName))
  return unknown.map((name) => `{{${name}}} is no field of this message. Its fields are ${offered.join(', ')}.`)
}

const missingWords: Partial<Record<FieldName, string>> = {
  link: 'The link to the questionnaire is missing: add [Answer the survey]({{link}}).',
  decline_link: 'A way to decline is missing: add {{decline_link}}.',
}

function missing(kind: TemplateKind, body: string): string[] {
  const present = fieldsIn(body)
  return kindFields[kind].required
    .filter((name) => !present.includes(name))
    .map((name) => missingWords[name] ?? `{{${name}}} is missing.`)
}

const shown = (text: string) => (text.length > 60 ? `${text.slice(0, 60)}…` : text)
