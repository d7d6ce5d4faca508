import type { Comparison } from '../../../server/question-sets/schema/versions.ts'
import { Table } from '../../components/table.tsx'
import { plural } from '../../components/format.ts'

type Change = Comparison['changes'][number]
export type ChangeClass = Change['class']

export const classWords: Record<ChangeClass, { title: string; meaning: string }> = {
  structure: { title: 'What is asked', meaning: 'questions added, removed or moved, their type, or who is asked' },
  codes: { title: 'Answers to choose from', meaning: 'answers added, removed, moved or said otherwise' },
  wording: { title: 'Wording', meaning: 'text that people read' },
  plan: { title: 'What is computed', meaning: 'indicators, scales and breakdowns' },
  correction: { title: 'Corrections', meaning: 'capitals, spaces, punctuation, and notes that nobody is shown' },
}
export const classOrder = Object.keys(classWords) as ChangeClass[]

const kindWords = { added: 'Added', removed: 'Removed', moved: 'Moved', changed: 'Changed' }

/** Every change from the version before, by what it means for results. */
export function DraftChanges({ changes, from }: { changes: Change[]; from: number | null }) {
  if (from === null) return <p className="govuk-body">The question set is new: there is nothing to compare it with.</p>
  if (changes.length === 0) return <p className="govuk-body">Nothing differs from version {from}.</p>
  return classOrder.map((name) => {
    const ofClass = changes.filter((change) => change.class === name)
    const { title, meaning } = classWords[name]
    return ofClass.length === 0 ? null : (
      <section key={name} className="app-section">
        <h3 className="govuk-heading-s">
          {title}: {plural(ofClass.length, 'change')}
        </h3>
        <p className="govuk-hint">That is, {meaning}.</p>
        <Table
          caption={title}
          hideCaption
          rows={ofClass}
          rowKey={({ key }) => key}
          columns={[
            { head: 'Where', cell: ({ place }) => <span className="app-identifier">{place}</span> },
            { head: 'What', cell: ({ kind, what }) => `${kindWords[kind]}: ${what}` },
            { head: 'Before', cell: ({ before }) => before },
            { head: 'Now', cell: ({ after }) => after },
          ]}
        />
      </section>
    )
  })
}
