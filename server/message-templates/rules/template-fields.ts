/** The kinds of message whose words a collection may change. */
export const templateKinds = [
  'invitation',
  'reminder',
  'thank_you',
  'results_released',
  'link_again',
  'passed_on',
  'coordinator',
  'finish_later',
] as const
export type TemplateKind = (typeof templateKinds)[number]

export const isTemplateKind = (kind: string): kind is TemplateKind =>
  (templateKinds as readonly string[]).includes(kind)

/** What each named field stands for; a name that ends in `link` is an address. */
export const fieldMeanings = {
  service: 'The name of the service that is invited',
  contact_name:
    'The name of the person written to; "registered manager" (of a coordinator: "colleague") where none is known',
  system: 'The local system under review',
  survey: 'The title of the questionnaire',
  minutes: 'How many minutes the questionnaire takes',
  closes: 'The last day to answer, such as Friday 26 June 2026',
  deleted_on: 'The day on which contact details are deleted',
  smallest_group: 'Groups with fewer answers are hidden in the results',
  organisation: 'The organisation whose staff the coordinator reaches',
  link: 'The address that leads to the questionnaire',
  decline_link: 'The address where the person can say that they do not take part',
  unsubscribe_link: 'The address where the person can stop messages about this survey',
  withdraw_link: 'The address where the person can withdraw their answers',
  privacy_link: 'The address of the privacy notice',
  progress_link: "The address of the coordinator's own page",
} as const
export type FieldName = keyof typeof fieldMeanings
export type Fields = Partial<Record<FieldName, string>>

export const isLink = (field: FieldName): boolean => field.endsWith('link')

const about = [
  'system',
  'survey',
  'minutes',
  'closes',
  'deleted_on',
  'smallest_group',
  'contact_name',
  'privacy_link',
] as const
const personal = [...about, 'service', 'link', 'decline_link', 'unsubscribe_link'] as const
const answered = [...about, 'service', 'withdraw_link', 'unsubscribe_link'] as const

/** Which fields a kind offers, and which of them its words must hold. */
export const kindFields: Record<TemplateKind, { offered: readonly FieldName[]; required: readonly FieldName[] }> = {
  invitation: { offered: personal, required: ['link', 'decline_link'] },
  reminder: { offered: personal, required: ['link', 'decline_link'] },
  thank_you: { offered: answered, required: [] },
  results_released: { offered: [...about, 'service', 'unsubscribe_link'], required: [] },
  link_again: { offered: personal, required: ['link', 'decline_link'] },
  passed_on: { offered: personal, required: ['link', 'decline_link'] },
  coordinator: { offered: [...about, 'organisation', 'link', 'progress_link'], required: ['link'] },
  finish_later: { offered: [...about, 'link'], required: ['link'] },
}
