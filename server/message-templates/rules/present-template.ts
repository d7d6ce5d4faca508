import { checkTemplate } from './check-template.ts'
import type { Template } from './template.ts'
import { fieldMeanings, kindFields, type TemplateKind } from './template-fields.ts'

/** Words as they are saved, or as they are shipped. */
interface Words extends Template {
  revision?: number
  updatedAt?: string
  updatedBy?: string
}

/** The words of a kind as they would be sent now, with the fields that it offers and what is wrong with it. */
export function presentTemplate(kind: TemplateKind, words: Words) {
  const { subject, body } = words
  const { offered, required } = kindFields[kind]
  return {
    kind,
    subject,
    body,
    revision: words.revision ?? 0,
    updatedAt: words.updatedAt ?? null,
    updatedBy: words.updatedBy ?? null,
    fields: offered.map((name) => ({ name, meaning: fieldMeanings[name], required: required.includes(name) })),
    faults: checkTemplate(kind, { subject, body }),
  }
}
