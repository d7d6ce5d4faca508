// The contract of a question set: what `questions.json` (a strict subset of SurveyJS JSON) and `analysis.json` may hold.
// Anything outside this subset is refused, so that the plain HTML way, the SurveyJS way and the validator can never differ.
import { z } from 'zod'
import { modeSchema } from './modes.ts'

/** A name of a page, question, row or breakdown: it becomes a column of a csv and part of an expression. */
export const nameSchema = z
  .string()
  .regex(/^[a-z][a-z0-9_]{0,63}$/, 'use small letters, digits and _, starting with a letter')

/** The code stored for a choice, row or column. Numbers are for scales only. */
export const codeSchema = z.union([nameSchema, z.number().int().min(0).max(100)])
export type Code = z.infer<typeof codeSchema>

// Plain text only: markup would reach browsers through two renderers, and braces would pipe answers into text.
const textSchema = z
  .string()
  .trim()
  .min(1)
  .max(2000)
  .refine((text) => !/[<>{}]/.test(text), 'plain text only: no < > { }')
const expressionSchema = z.string().min(1).max(500)
const provenanceSchema = z.string().min(1).max(500)

const choiceSchema = z.strictObject({ value: codeSchema, text: textSchema, isExclusive: z.boolean().optional() })
const itemSchema = z.strictObject({ value: codeSchema, text: textSchema })

const questionBase = {
  name: nameSchema,
  title: textSchema,
  description: textSchema.optional(),
  isRequired: z.boolean().optional(),
  visibleIf: expressionSchema.optional(),
  /** Where the question comes from: the finding or the published standard. Never sent to respondents. */
  provenance: provenanceSchema.optional(),
}
const otherItem = { showOtherItem: z.boolean().optional(), otherText: textSchema.optional() }

const oneChoiceSchema = z.strictObject({
  ...questionBase,
  ...otherItem,
  type: z.enum(['radiogroup', 'dropdown']),
  choices: z.array(choiceSchema).min(1).max(200),
})
const severalChoicesSchema = z.strictObject({
  ...questionBase,
  ...otherItem,
  type: z.literal('checkbox'),
  choices: z.array(choiceSchema).min(1).max(200),
  maxSelectedChoices: z.number().int().min(1).max(200).optional(),
})
const matrixSchema = z.strictObject({
  ...questionBase,
  type: z.literal('matrix'),
  columns: z.array(itemSchema).min(2).max(11),
  rows: z.array(itemSchema).min(1).max(40),
})
const numberSchema = z.strictObject({
  ...questionBase,
  type: z.literal('text'),
  inputType: z.literal('number'),
  min: z.number().int(),
  max: z.number().int(),
})
const shortTextSchema = z.strictObject({
  ...questionBase,
  type: z.literal('text'),
  inputType: z.literal('text').optional(),
  maxLength: z.number().int().min(1).max(500),
})
const dateSchema = z.strictObject({ ...questionBase, type: z.literal('text'), inputType: z.literal('date') })
const longTextSchema = z.strictObject({
  ...questionBase,
  type: z.literal('comment'),
  maxLength: z.number().int().min(1).max(10_000),
})

export const questionSchema = z.union([
  oneChoiceSchema,
  severalChoicesSchema,
  matrixSchema,
  numberSchema,
  dateSchema,
  shortTextSchema,
  longTextSchema,
])
export type Question = z.infer<typeof questionSchema>
export type OneChoiceQuestion = z.infer<typeof oneChoiceSchema>
export type SeveralChoicesQuestion = z.infer<typeof severalChoicesSchema>
export type MatrixQuestion = z.infer<typeof matrixSchema>

/**
 * A heading or paragraph between questions: read, never answered. It has a heading, paragraphs (divided by blank lines) or both; `html` is
 * what SurveyJS calls them, and holds plain text like every other text here.
 */
export const noteSchema = z
  .strictObject({
    type: z.literal('html'),
    name: nameSchema,
    title: textSchema.optional(),
    html: textSchema.optional(),
    visibleIf: expressionSchema.optional(),
    provenance: provenanceSchema.optional(),
  })
  .refine(({ title, html }) => title !== undefined || html !== undefined, {
    path: ['title'],
    message: 'write a heading, a paragraph or both',
  })
export type Note = z.infer<typeof noteSchema>

export const elementSchema = z.union([...questionSchema.options, noteSchema])
/** What stands on a page: see `questionsOf` and `isNote` in notes.ts. */
export type PageElement = Question | Note

export const pageSchema = z.strictObject({
  name: nameSchema,
  title: textSchema,
  description: textSchema.optional(),
  /** May refer to questions of earlier pages only, so that the plain way needs no script to know what to ask. */
  visibleIf: expressionSchema.optional(),
  elements: z.array(elementSchema).min(1).max(30),
})
export type Page = z.infer<typeof pageSchema>

export const questionsSchema = z.strictObject({
  title: textSchema,
  description: textSchema.optional(),
  locale: z.string().max(10).optional(),
  pages: z.array(pageSchema).min(1).max(60),
})
export type Questions = z.infer<typeof questionsSchema>

/** A variable: `question`, `question.row` of a matrix, or `question.choice` of a question with several choices. */
export const variableSchema = z.string().regex(/^[a-z][a-z0-9_]*(\.[a-z0-9_]+)?$/)

export const breakdownSchema = z.strictObject({
  id: nameSchema,
  label: textSchema,
  /** region and system: from the frame or link; category: the register's service type (personal), else the answer; variable: an answer. */
  from: z.enum(['region', 'system', 'category', 'variable', 'derived']),
  /** category, variable: the question. */
  variable: nameSchema.optional(),
  /** derived: the breakdown it is derived from, and the group of each of its codes. */
  of: nameSchema.optional(),
  groups: z
    .array(z.strictObject({ code: nameSchema, label: textSchema, codes: z.array(nameSchema).min(1) }))
    .optional(),
})
export type Breakdown = z.infer<typeof breakdownSchema>

export const indicatorSchema = z.strictObject({
  id: nameSchema,
  label: textSchema,
  variable: variableSchema,
  /** The codes that count; for a choice of a several-choices question, `[1]` (ticked). */
  counts: z.array(codeSchema).min(1),
  /** Shown first, as a chart, on the overview of results. */
  headline: z.boolean().optional(),
})
export type Indicator = z.infer<typeof indicatorSchema>

export const scaleSchema = z.strictObject({
  id: nameSchema,
  label: textSchema,
  /** Items answered with the numbers 1 to 5. */
  items: z
    .array(z.strictObject({ variable: variableSchema, reversed: z.boolean().optional() }))
    .min(1)
    .max(10),
})
export type Scale = z.infer<typeof scaleSchema>

export const analysisPlanSchema = z.strictObject({
  slug: z.string().regex(/^[a-z][a-z0-9-]{0,63}$/),
  mode: modeSchema,
  /** Minutes that answering may take, as respondents are told and as the estimator checks. */
  minutes: z.number().int().min(1).max(60),
  /** Codes that, wherever they are answered, mean *don't know* or *not applicable*: never in a base. */
  states: z.strictObject({ dontKnow: z.array(nameSchema), notApplicable: z.array(nameSchema) }),
  /** While this holds, what is routed past counts as *not applicable* instead of *not asked*. */
  notApplicableWhen: expressionSchema.optional(),
  breakdowns: z.array(breakdownSchema).min(1),
  cross: z.tuple([nameSchema, nameSchema]),
  /** The indicator whose answer makes an unsubmitted response *partial* (AAPOR P). */
  leadIndicator: nameSchema.optional(),
  indicators: z.array(indicatorSchema),
  scales: z.array(scaleSchema),
  /** Counted in snapshots but not published as an indicator yet. */
  counted: z.array(nameSchema),
  /** Free text and notes: read, never counted. */
  narrative: z.array(nameSchema),
})
export type AnalysisPlan = z.infer<typeof analysisPlanSchema>

export interface QuestionSet {
  questions: Questions
  plan: AnalysisPlan
}

/** A respondent's answers by question name; a matrix holds an object of row codes; `<name>-Comment` holds *other, please say*. */
export type Answers = Record<string, unknown>
