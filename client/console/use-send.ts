import { useState } from 'react'
import { useRevalidator } from 'react-router'
import type { z } from 'zod'
import type { Problem } from '../components/error-summary.tsx'
import { ApiError } from './api.ts'

/** Runs a change, then reads the page's data again; keeps what was refused for the error summary. */
export function useSend() {
  const [problems, setProblems] = useState<Problem[]>([])
  const [busy, setBusy] = useState(false)
  const revalidator = useRevalidator()

  async function send<T>(
    change: () => Promise<T>,
    fieldOf: (place: string) => string | undefined = () => undefined,
  ): Promise<T | undefined> {
    setBusy(true)
    try {
      const result = await change()
      setProblems([])
      await revalidator.revalidate()
      return result
    } catch (error) {
      setProblems(problemsOf(error, fieldOf))
      return undefined
    } finally {
      setBusy(false)
    }
  }
  return {
    send,
    busy,
    problems,
    setProblems,
    problemOf: (field: string) => problems.find((problem) => problem.field === field)?.message,
  }
}

const isDetail = (value: unknown): value is { place: string; message: string } =>
  typeof value === 'object' &&
  value !== null &&
  typeof (value as { place?: unknown }).place === 'string' &&
  typeof (value as { message?: unknown }).message === 'string'

/** One problem for each place that the server names; otherwise its message alone. */
export function problemsOf(error: unknown, fieldOf: (place: string) => string | undefined): Problem[] {
  if (!(error instanceof ApiError)) throw error
  const given: unknown[] = Array.isArray(error.details) ? error.details : []
  const details = given.filter(isDetail)
  // Rows of a file that was refused, each already in words.
  const lines = given.filter((detail) => typeof detail === 'string')
  const placed = details.map(({ place, message }) => ({
    message,
    field: fieldOf(place.replace(/^(body|query|params)\./, '')),
  }))
  return placed.some((problem) => problem.field)
    ? placed
    : [
        // Where the message is no more than its lines, they stand alone.
        ...(lines.length > 0 && lines.every((line) => error.message.includes(line))
          ? []
          : [{ message: error.message }]),
        ...details.map(({ place, message }) => ({ message: `${place}: ${message}` })),
        ...lines.map((message) => ({ message })),
      ]
}

/** Checks a form by the route's own schema before anything is sent. The field's id is the name of the schema's key. */
export function checkForm<T extends z.ZodType>(
  schema: T,
  value: unknown,
): { data: z.output<T>; problems: [] } | { data: undefined; problems: Problem[] } {
  const result = schema.safeParse(value)
  if (result.success) return { data: result.data, problems: [] }
  const problems = result.error.issues.map(({ path, message }) => ({ field: String(path[0]), message }))
  return {
    data: undefined,
    problems: problems.filter((problem, index) => problems.findIndex(({ field }) => field === problem.field) === index),
  }
}

/** Gives a form's fields to `fn` in the place of the browser's own submission. */
export const onSubmit = (fn: (fields: FormData) => Promise<unknown>) => (event: React.SubmitEvent<HTMLFormElement>) => {
  event.preventDefault()
  void fn(new FormData(event.currentTarget))
}
