import { createPrivateKey } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'

const hostname = z
  .string()
  .regex(/^(?=.{1,253}$)[a-z0-9-]{1,63}(\.[a-z0-9-]{1,63})+$/i, 'must be a domain such as example.org')
const keyFileSchema = z.strictObject({
  domain: hostname,
  selector: z
    .string()
    .regex(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9-]{1,63})*$/i, 'must be a name such as survey1'),
  privateKey: z.string().refine(isRsaKey, 'must hold an RSA private key of at least 1024 bits in PEM form'),
})

export interface DkimKey {
  domainName: string
  keySelector: string
  privateKey: string
  headerFieldNames: string
}

// RFC 8058 asks for both List- headers under the signature.
const signedHeaders = [
  ...['From', 'To', 'Subject', 'Date', 'Message-ID', 'MIME-Version', 'Content-Type'],
  ...['Auto-Submitted', 'List-Unsubscribe', 'List-Unsubscribe-Post'],
].join(':')

function isRsaKey(pem: string): boolean {
  try {
    const { asymmetricKeyType, asymmetricKeyDetails } = createPrivateKey(pem)
    return asymmetricKeyType === 'rsa' && (asymmetricKeyDetails?.modulusLength ?? 0) >= 1024
  } catch {
    return false
  }
}

/** The key of `DATA_DIR/dkim.json` (`domain`, `selector`, `privateKey`) to sign messages with; undefined without the file. Throws an Error that lists what is wrong. */
export function readDkimKey(dataDir: string): DkimKey | undefined {
  const file = join(dataDir, 'dkim.json')
  if (!existsSync(file)) return undefined
  const result = keyFileSchema.safeParse(parseJson(file))
  if (!result.success) {
    const lines = result.error.issues.map((issue) => `  ${issue.path.join('.') || 'the file'}: ${issue.message}`)
    throw new Error(`${file} is wrong:\n${lines.join('\n')}`)
  }
  const { domain, selector, privateKey } = result.data
  return { domainName: domain, keySelector: selector, privateKey, headerFieldNames: signedHeaders }
}

function parseJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    throw new Error(`${file} is not JSON. It should hold domain, selector and privateKey.`)
  }
}
