import { shippedTemplates } from '../templates/shipped.ts'
import { checkTemplate } from './check-template.ts'
import type { Template } from './template.ts'
import { fieldMeanings, kindFields, type TemplateKind } from './template-fields.ts'

interface Saved extends Template {
  revision: number
  updatedAt: string
  updatedBy: string
}

/** The words of a kind as they would be sent now, with the fields that it offers and what is wrong with it. */
export function presentTemplate(kind: TemplateKind, saved: Saved | undefined) {
  const { subject, body } = saved ?? shippedTemplates[kind]
  const { offered, required } = kindFields[kind]
  return {
    kind,
    subject,
    body,
    revision: saved?.revision ?? 0,
    updatedAt: saved?.updatedAt ?? null,
    updatedBy: saved?.updatedBy ?? null,
    fields: offered.map((name) => ({ name, meaning: fieldMeanings[name], required: required.includes(name) })),
    faults: checkTemplate(kind, { subject, body }),
  }
}
