import './check-runtime.ts'
import { createApp } from './app.ts'
import { startRetentionWorker } from './retention/worker.ts'
import { readConfig } from './config.ts'
import { openContext } from './data-dir.ts'
import { startSpoolWorker } from './invitations/import/spool.ts'
import { startOutboxWorker } from './mail.ts'
import { startResultsWorker } from './results/worker.ts'

function main(): void {
  const config = readConfig()
  const context = openContext(config)
  const workers = [startOutboxWorker(context), startSpoolWorker(context), startRetentionWorker(context)]
  const results = startResultsWorker(context)
  const server = createApp(context).listen(config.port, config.host, (error?: Error) => {
    if (error) {
      console.error(`Cannot listen on ${config.host}:${config.port}: ${error.message}`)
      process.exit(1)
    }
    console.log(`Local system review surveys at ${config.publicUrl}`)
    console.log(`Sign in: npm run -s cli -- sign-in-link you@example.org --role admin`)
    if (!config.smtpUrl) console.log(`E-mail is written to ${config.dataDir}/outbox (set SMTP_URL to send it).`)
  })

  const leave = async () => {
    results.stop()
    await Promise.all(workers.map((worker) => worker.stop()))
    context.mailer.close()
    context.db.$client.close()
    process.exit(0)
  }
  const close = () => {
    server.close(() => void leave())
    server.closeIdleConnections()
    // A browser that keeps its connection open must not keep the service from stopping.
    setTimeout(() => server.closeAllConnections(), 5000).unref()
  }
  process.once('SIGTERM', close)
  process.once('SIGINT', close)
}

try {
  main()
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exit(1)
}
