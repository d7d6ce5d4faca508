interface Failure {
  message?: unknown
  code?: unknown
  command?: unknown
  /** The server's own words. */
  response?: unknown
}

const byCode: Record<string, string> = {
  ECONNREFUSED: 'Nothing answers at the address of the mail server.',
  EDNS: 'The name of the mail server could not be found.',
  ENOTFOUND: 'The name of the mail server could not be found.',
  ETIMEDOUT: 'The mail server did not answer in time.',
  ETLS: 'No secure connection to the mail server could be made.',
  EAUTH: 'The mail server did not accept the user name and password in the settings.',
  ENOAUTH: 'The mail server asks for a user name and password, and the settings hold none.',
  ESOCKET: 'The connection to the mail server broke.',
  ECONNECTION: 'The connection to the mail server ended before it took the message.',
  EPROTOCOL: 'The mail server answered something that is no answer.',
  ENOSPC: 'There is no space left for the message in the outbox folder.',
  EACCES: 'The outbox folder cannot be written to.',
}

const byCommand: Record<string, string> = {
  'RCPT TO': 'The mail server did not accept the address.',
  'MAIL FROM': 'The mail server did not accept our sender address.',
  DATA: 'The mail server did not accept the message.',
}

/** Why a message could not be handed over: in plain words, and then in the server's or the system's own. */
export function explainFailure(error: unknown): string {
  const { message, code, command, response } = (typeof error === 'object' && error !== null ? error : {}) as Failure
  const own = typeof message === 'string' ? message : String(error)
  if (typeof response === 'string' && response !== '')
    return `${byCommand[String(command)] ?? codeWords(code, own)} It said: ${response}`
  return `${codeWords(code, own)} (${own})`
}

function codeWords(code: unknown, own: string): string {
  // The cause behind a broken socket is in its words alone.
  const cause = /ECONNREFUSED|ENOTFOUND|ETIMEDOUT/.exec(own)?.[0] ?? String(code)
  return byCode[cause] ?? 'The message could not be handed over.'
}
