/** What the server refused, and where it says the fault lies. */
export class ApiError extends Error {
  status: number
  code: string
  details: unknown
  constructor(status: number, code: string, message: string, details?: unknown) {
    super(message)
    this.status = status
    this.code = code
    this.details = details
  }
}

/** Reads JSON. The type is that of the route's zod schema. Throws ApiError. */
export const get = <T>(path: string) => request<T>('GET', path)
export const post = <T>(path: string, body: unknown = {}) =>
  request<T>('POST', path, JSON.stringify(body), 'application/json')
export const put = <T>(path: string, body: unknown) => request<T>('PUT', path, JSON.stringify(body), 'application/json')
export const remove = (path: string) => request<undefined>('DELETE', path)
/** Sends a file as it is. */
export const postFile = <T>(path: string, file: File) => request<T>('POST', path, file, 'application/octet-stream')
/** Sends a file as it is; its name says what it is. */
export const upload = <T>(path: string, file: File) =>
  request<T>('PUT', `${path}?name=${encodeURIComponent(file.name)}`, file, 'application/octet-stream')

async function request<T>(method: string, path: string, body?: BodyInit, type?: string): Promise<T> {
  let answer: Response
  try {
    answer = await fetch(path, {
      method,
      body,
      headers: { accept: 'application/json', ...(type ? { 'content-type': type } : {}) },
    })
  } catch {
    throw new ApiError(0, 'not_connected', 'The service cannot be reached. Check your connection and try again.')
  }
  if (answer.status === 401) {
    location.assign('/sign-in')
    // The page is leaving: nothing more happens on it.
    return new Promise<never>(() => undefined)
  }
  const content = answer.status === 204 ? undefined : ((await answer.json().catch(() => undefined)) as unknown)
  if (answer.ok) return content as T
  const {
    code = 'unexpected',
    message = 'Something went wrong. Try again later.',
    details,
  } = (content as { error?: Partial<ApiError> } | undefined)?.error ?? {}
  throw new ApiError(answer.status, code, message, details)
}
