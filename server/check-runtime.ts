// Imported first by every entry point: loaded by an older Node, better-sqlite3 crashes the process without a word.
const major = Number(process.versions.node.split('.')[0])
if (major < 24) {
  console.error(
    `Footbridge needs Node 24 and this is Node ${process.versions.node}. Start it with npm (npm start, npm run cli), which brings its own.`,
  )
  process.exit(1)
}
