import { newScheduleSchema, type Schedule } from '../../../server/distribution/schema/schedule.ts'
import { Button } from '../../components/button.tsx'
import type { Problem } from '../../components/error-summary.tsx'
import { Checkboxes, Input } from '../../components/fields.tsx'
import { put } from '../api.ts'
import { checkForm, onSubmit } from '../use-send.ts'

const weekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']
const fieldNames: Record<string, string> = {
  days: 'Weekdays',
  from: 'From',
  until: 'Until',
  ratePerMinute: 'Messages a minute',
  invitation: 'Day of the invitation',
  reminders: 'Days of the reminders',
  thankYou: 'Day of the thank-you',
  resultsReleased: 'Day of the note on results',
}

type Mailing = Schedule['mailings'][number]

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
  const daysOf = (wanted: Mailing['kind']) => toCome.filter(({ kind }) => kind === wanted).map(({ dueOn }) => dueOn)

  function save(fields: FormData) {
    const checked = checkForm(newScheduleSchema, readForm(fields))
    if (checked.data) return onSave(() => put(`${address}/schedule`, checked.data))
    setProblems(
      checked.problems.map(({ field = '', message }) => ({
        field,
        message: `${fieldNames[field] ?? field} ${message}`,
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
        label="From"
        hint="UK time, such as 08:00"
        width="5"
        defaultValue={schedule.window.from}
        error={problemOf('from')}
      />
      <Input
        id="until"
        label="Until"
        hint="UK time, such as 18:00"
        width="5"
        defaultValue={schedule.window.until}
        error={problemOf('until')}
      />
      <Input
        id="ratePerMinute"
        label="Messages a minute (optional)"
        hint="Without a number they leave as fast as the mail server takes them."
        width="5"
        type="number"
        defaultValue={schedule.ratePerMinute === null ? '' : String(schedule.ratePerMinute)}
        error={problemOf('ratePerMinute')}
      />
      {invitation?.queuedAt || !asks ? null : (
        <Input
          id="invitation"
          label="Day of the invitation (optional)"
          hint="Such as 2027-03-01. Invitations then leave by themselves; without a day you send them yourself."
          width="10"
          defaultValue={schedule.planned ? invitation?.dueOn : ''}
          error={problemOf('invitation')}
        />
      )}
      {asks ? (
        <Input
          id="reminders"
          label="Days of the reminders"
          hint="With commas between, such as 2027-03-06, 2027-03-12. Leave it empty for no reminders."
          width="30"
          defaultValue={daysOf('reminder').join(', ')}
          error={problemOf('reminders')}
        />
      ) : null}
      <Input
        id="thankYou"
        label="Day of the thank-you (optional)"
        hint="Goes to every service whose answers are complete by then, also after the close. Nobody is thanked twice."
        width="10"
        defaultValue={daysOf('thank_you').join()}
        error={problemOf('thankYou')}
      />
      <Input
        id="resultsReleased"
        label="Day of the note on results (optional)"
        hint="Goes to every service whose answers are complete, once results are released. Say in its words where to read them."
        width="10"
        defaultValue={daysOf('results_released').join()}
        error={problemOf('resultsReleased')}
      />
      <Button type="submit" busy={busy}>
        Save the schedule
      </Button>
    </form>
  )
}

const textOf = (fields: FormData, name: string) => ((fields.get(name) ?? '') as string).trim()

function readForm(fields: FormData) {
  const rate = textOf(fields, 'ratePerMinute')
  return {
    days: fields.getAll('days').map(Number),
    from: textOf(fields, 'from'),
    until: textOf(fields, 'until'),
    ratePerMinute: rate === '' ? null : Number(rate),
    invitation: textOf(fields, 'invitation') || null,
    reminders: textOf(fields, 'reminders')
      .split(/[\s,]+/)
      .filter((day) => day !== ''),
    thankYou: textOf(fields, 'thankYou') || null,
    resultsReleased: textOf(fields, 'resultsReleased') || null,
  }
}
