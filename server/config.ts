import { resolve } from 'node:path'
import { z } from 'zod'

const blankAsUnset = (value: unknown) => (value === '' ? undefined : value)
const optional = <T extends z.ZodType>(schema: T) => z.preprocess(blankAsUnset, schema.optional())

const environmentSchema = z
  .object({
    PORT: z.preprocess(blankAsUnset, z.coerce.number().int().min(0).max(65535).default(3000)),
    HOST: z.preprocess(blankAsUnset, z.string().default('127.0.0.1')),
    DATA_DIR: z.preprocess(blankAsUnset, z.string().default('./data')),
    PUBLIC_URL: optional(
      z.url({ protocol: /^https?$/ }).refine((url) => new URL(url).pathname === '/', 'must have no path'),
    ),
    SMTP_URL: optional(z.url({ protocol: /^smtps?$/ })),
    MAIL_FROM: z.preprocess(blankAsUnset, z.string().default('Local system review surveys <surveys@localhost>')),
    LOG_LEVEL: z.preprocess(blankAsUnset, z.enum(['silent', 'error', 'warn', 'info', 'debug']).default('info')),
  })
  .transform((env) => ({
    port: env.PORT,
    host: env.HOST,
    dataDir: resolve(env.DATA_DIR),
    /** Where respondents and staff reach the service; links are made from it. No trailing slash. */
    publicUrl: (env.PUBLIC_URL ?? `http://${env.HOST.includes(':') ? `[${env.HOST}]` : env.HOST}:${env.PORT}`).replace(
      /\/$/,
      '',
    ),
    smtpUrl: env.SMTP_URL,
    mailFrom: env.MAIL_FROM,
    logLevel: env.LOG_LEVEL,
  }))

export type Config = z.infer<typeof environmentSchema>

/** Reads the environment once. Throws an Error whose message lists every setting that is wrong. */
export function readConfig(env: Record<string, string | undefined> = process.env): Config {
  const result = environmentSchema.safeParse(env)
  if (result.success) return result.data
  const lines = result.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`)
  throw new Error(`The settings are wrong:\n${lines.join('\n')}`)
}
