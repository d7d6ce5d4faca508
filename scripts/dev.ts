import { spawn } from 'node:child_process'

// Pages are rebuilt and the server restarts at every change; there is no second server to differ from the real one.
const children = [
  spawn(process.execPath, ['node_modules/vite/bin/vite.js', 'build', '--watch', '--logLevel', 'warn'], {
    stdio: 'inherit',
  }),
  spawn(
    process.execPath,
    ['--watch', '--watch-path=server', '--watch-path=surveys', '--watch-path=dist/client/.vite', 'server/main.ts'],
    { stdio: 'inherit' },
  ),
]

for (const child of children) {
  child.once('exit', (code) => {
    for (const other of children) other.kill()
    process.exitCode = code ?? 0
  })
}
