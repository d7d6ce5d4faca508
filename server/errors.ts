/** An error that a person caused and can act on. Everything else is a defect: logged, and shown as a plain 500. */
export class AppError extends Error {
  readonly status: number
  readonly code: string
  readonly details: unknown

  constructor(status: number, code: string, message: string, details?: unknown) {
    super(message)
    this.name = 'AppError'
    this.status = status
    this.code = code
    this.details = details
  }
}

export const badRequest = (code: string, message: string, details?: unknown) =>
  new AppError(400, code, message, details)
export const signInRequired = () => new AppError(401, 'sign_in_required', 'Sign in to continue.')
export const notAllowed = (message = 'You do not have permission to do this.') =>
  new AppError(403, 'not_allowed', message)
export const notFound = (message = 'Not found.') => new AppError(404, 'not_found', message)
export const conflict = (code: string, message: string, details?: unknown) => new AppError(409, code, message, details)
export const tooManyRequests = () =>
  new AppError(429, 'too_many_requests', 'Too many attempts. Wait a few minutes and try again.')
