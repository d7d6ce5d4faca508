import { useState } from 'react'
import { daySchema } from '../../../server/collections/schema.ts'
import { newScheduleSchema, type Schedule } from '../../../server/invitations/schema/schedule.ts'
import { Button } from '../../components/button.tsx'
import { DateInput, dayOf } from '../../components/date-input.tsx'
import type { Problem } from '../../components/error-summary.tsx'
import { Checkboxes, Input } from '../../components/fields.tsx'
import { TextArea } from '../../components/text-area.tsx'
import { put } from '../api.ts'
import { dayInWords, daysIn } from '../days.ts'
import { checkForm, onSubmit } from '../use-send.ts'
import type { MailingKind } from './mailing-names.ts'

const weekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']
// The server's words name fields, not what to do.
const refusals: Record<string, string> = {
  days: 'Select at least one weekday',
  from: 'Enter the first time at which messages leave, such as 08:00',
  until: 'Enter the time after which no message leaves, such as 18:00. It must be later than the first',
  ratePerMinute: 'Messages a minute must be a whole number, such as 30',
  invitation: 'The day of the invitation must be a real day, such as 1 3 2027',
  reminders: 'Enter ten reminders at most',
  thankYou: 'The day of the thank-you must be a real day, such as 29 3 2027',
  resultsReleased: 'The day of the note on results must be a real day, such as 1 6 2027',
}

interface ScheduleFormProps {
  schedule: Schedule
  /** False: the collection has closed, and sends no invitations and reminders. */
  asks: boolean
  address: string
  busy: boolean
  setProblems: (problems: Problem[]) => void
  problemOf: (field: string) => string | undefined
  onSave: (change: () => Promise<unknown>) => Promise<void>
}

/** Window, rate and the days that are still to come. */
export function ScheduleForm({ schedule, asks, address, busy, setProblems, problemOf, onSave }: ScheduleFormProps) {
  const toCome = schedule.mailings.filter(({ queuedAt }) => queuedAt === null)
  const invitation = schedule.mailings.find(({ kind }) => kind === 'invitation')
  const daysOf = (wanted: MailingKind) => toCome.filter(({ kind }) => kind === wanted).map(({ dueOn }) => dueOn)

  // What the fields were filled from.
  const [revision] = useState(schedule.revision)

  function save(fields: FormData) {
    const form = { ...readForm(fields), revision }
    const wrongDay = form.reminders.find((day) => !daySchema.safeParse(day).success)
    const checked = checkForm(newScheduleSchema, form)
    if (checked.data) return onSave(() => put(`${address}/schedule`, checked.data))
    setProblems(
      checked.problems.map(({ field = '', message }) => ({
        field,
        message:
          field === 'reminders' && wrongDay !== undefined
            ? `“${wrongDay}” is not a day of a reminder. Write it such as 6 March 2027`
            : (refusals[field] ?? message),
      })),
    )
    return Promise.resolve()
  }

  return (
    <form noValidate onSubmit={onSubmit(save)}>
      <h2 className="govuk-heading-m">Change the schedule</h2>
      <Checkboxes
        id="days"
        small
        label="Weekdays on which messages leave"
        error={problemOf('days')}
        defaultValues={schedule.window.days.map(String)}
        options={weekdays.map((label, index) => ({ value: String(index + 1), label }))}
      />
      <Input
        id="from"
        label="Messages leave from"
        hint="UK time on a 24-hour clock, such as 08:00"
        width="5"
        defaultValue={schedule.window.from}
        error={problemOf('from')}
      />
      <Input
        id="until"
        label="Messages leave until"
        hint="UK time on a 24-hour clock, such as 18:00"
        width="5"
        defaultValue={schedule.window.until}
        error={problemOf('until')}
      />
      <Input
        id="ratePerMinute"
        label="Messages a minute (optional)"
        hint="The most that may leave in a minute. Without a number they leave as fast as they can."
        width="5"
        type="number"
        defaultValue={schedule.ratePerMinute === null ? '' : String(schedule.ratePerMinute)}
        error={problemOf('ratePerMinute')}
      />
      {invitation?.queuedAt || !asks ? null : (
        <DateInput
          id="invitation"
          label="Day of the invitation (optional)"
          hint="On this day invitations leave by themselves. Without a day, you send them yourself."
          defaultValue={schedule.planned ? invitation?.dueOn : undefined}
          error={problemOf('invitation')}
        />
      )}
      {asks ? (
        <TextArea
          id="reminders"
          label="Days of the reminders"
          hint="One on each line, such as 6 March 2027. Leave it empty for no reminders."
          rows={4}
          defaultValue={daysOf('reminder').map(dayInWords).join('\n')}
          error={problemOf('reminders')}
        />
      ) : null}
      <DateInput
        id="thankYou"
        label="Day of the thank-you (optional)"
        hint="Goes to every service whose answers are complete by then, also after the close. Nobody is thanked twice."
        defaultValue={daysOf('thank_you')[0]}
        error={problemOf('thankYou')}
      />
      <DateInput
        id="resultsReleased"
        label="Day of the note on results (optional)"
        hint="Goes to every service whose answers are complete, once results are released. Say in its words where to read them."
        defaultValue={daysOf('results_released')[0]}
        error={problemOf('resultsReleased')}
      />
      <Button type="submit" busy={busy}>
        Save the schedule
      </Button>
    </form>
  )
}

const textOf = (fields: FormData, name: string) => ((fields.get(name) ?? '') as string).trim()

// 9:00 is 09:00.
const timeOf = (fields: FormData, name: string) =>
  textOf(fields, name)
    .replace(/^\d[:.]/, '0$&')
    .replace('.', ':')

function readForm(fields: FormData) {
  const rate = textOf(fields, 'ratePerMinute')
  return {
    days: fields.getAll('days').map(Number),
    from: timeOf(fields, 'from'),
    until: timeOf(fields, 'until'),
    ratePerMinute: rate === '' ? null : Number(rate),
    invitation: dayOf(fields, 'invitation') ?? null,
    reminders: daysIn(textOf(fields, 'reminders')),
    thankYou: dayOf(fields, 'thankYou') ?? null,
    resultsReleased: dayOf(fields, 'resultsReleased') ?? null,
  }
}
