// Plain JavaScript that any Node from 20 up can run: brings what is missing, then npm goes on with the Node it brought.
import { execFileSync } from 'node:child_process'
import { copyFileSync, existsSync, lstatSync, readdirSync, rmSync, statSync, symlinkSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const wants = (flag) => process.argv.includes(flag)
const quiet = wants('--quiet')
const say = (text) => quiet || console.log(text)
const fail = (text) => {
  console.error(text)
  process.exit(1)
}
const modified = (path) => (existsSync(path) ? statSync(path).mtimeMs : 0)
const windows = process.platform === 'win32'
const run = (command, args, options = {}) =>
  execFileSync(command, args, { cwd: root, stdio: quiet ? ['ignore', 'ignore', 'inherit'] : 'inherit', ...options })

install()
const node = bringNode()
if (wants('--build')) build()
if (wants('--browser')) bringBrowser()

function install() {
  if (modified(join(root, 'node_modules/.package-lock.json')) >= modified(join(root, 'package-lock.json'))) return
  say('Installing packages …')
  // Two of these started together would delete each other's files: npm ci begins by removing node_modules.
  try {
    // On Windows npm is a batch file, which only a shell runs.
    run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], { shell: windows })
  } catch {
    fail('The packages could not be installed: npm says why above. Run the command again once that is put right.')
  }
}

/** Makes node_modules/.bin/node where npm 10 left it out, and returns the path of a Node 24. */
function bringNode() {
  const platform = windows ? 'win' : process.platform
  const file = join(root, 'node_modules', `node-${platform}-${process.arch}`, 'bin', windows ? 'node.exe' : 'node')
  if (!existsSync(file)) {
    if (Number(process.versions.node.split('.')[0]) === 24) return process.execPath
    fail(
      `Footbridge brings no Node for ${process.platform}-${process.arch}: install Node 24 (this is ${process.versions.node}) and run the command again.`,
    )
  }
  const link = join(root, 'node_modules/.bin', windows ? 'node.exe' : 'node')
  if (!existsSync(link)) {
    if (lstatSync(link, { throwIfNoEntry: false })) rmSync(link)
    // On Windows only administrators make symbolic links.
    if (windows) copyFileSync(file, link)
    else symlinkSync(file, link)
  }
  return file
}

function newest(folder) {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((latest, entry) => Math.max(latest, modified(join(entry.parentPath ?? entry.path, entry.name))), 0)
}

function build() {
  const sources = Math.max(
    newest('client'),
    // The console shares contracts, words and rounding with the server.
    newest('server'),
    newest('surveys'),
    modified(join(root, 'vite.config.ts')),
    modified(join(root, 'package-lock.json')),
  )
  if (modified(join(root, 'dist/client/.vite/manifest.json')) >= sources) return
  say('Building the pages …')
  run(node, [join(root, 'node_modules/vite/bin/vite.js'), 'build', '--logLevel', 'warn'])
}

function bringBrowser() {
  if (
    ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', process.env.CHROMIUM].some(
      (path) => path && existsSync(path),
    )
  )
    return
  const how =
    'The browser tests need Chromium. Install it (Debian, Ubuntu: apt-get install chromium) or name it in CHROMIUM=/path/to/chromium.'
  if (process.platform !== 'linux' || !existsSync('/usr/bin/apt-get') || process.getuid?.() !== 0) fail(how)
  say('Installing Chromium …')
  try {
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
    run('apt-get', ['update', '-qq'])
    run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium', 'fonts-liberation'], { env })
  } catch {
    fail(`Chromium could not be installed by the system's package manager. ${how}`)
  }
}
