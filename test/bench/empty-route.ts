// A process of its own, as the server under test is.
import express from 'express'

const app = express()
app.get('/', (_req, res) => res.json({}))
app.listen(Number(process.argv[2]), '127.0.0.1')
