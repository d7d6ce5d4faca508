// Every table. Times are UTC ISO text; identifiers are opaque; tokens are stored as hashes only.
import { isNotNull, sql } from 'drizzle-orm'
import {
  index,
  integer,
  primaryKey,
  sqliteTable,
  text,
  uniqueIndex,
  type AnySQLiteColumn,
} from 'drizzle-orm/sqlite-core'
import type { AnalysisPlan, Answers, Questions } from '../../surveys/question-set.ts'
import type { DraftContent } from '../../surveys/draft-content.ts'
import type { StatedChange } from '../../surveys/stated-change.ts'
import { modeNames } from '../../surveys/modes.ts'

export const systems = sqliteTable('systems', {
  id: text().primaryKey(),
  code: text().notNull().unique(),
  name: text().notNull(),
  region: text().notNull(),
  createdAt: text('created_at').notNull(),
})

export const systemAuthorities = sqliteTable(
  'system_authorities',
  {
    systemId: text('system_id')
      .notNull()
      .references(() => systems.id, { onDelete: 'cascade' }),
    authority: text().notNull(),
  },
  (table) => [primaryKey({ columns: [table.systemId, table.authority] })],
)

export const staff = sqliteTable('staff', {
  id: text().primaryKey(),
  email: text().notNull().unique(),
  role: text({ enum: ['admin', 'reviewer', 'analyst'] }).notNull(),
  createdAt: text('created_at').notNull(),
})

/** A reviewer's scope; none means every system. */
export const staffSystems = sqliteTable(
  'staff_systems',
  {
    staffId: text('staff_id')
      .notNull()
      .references(() => staff.id, { onDelete: 'cascade' }),
    systemId: text('system_id')
      .notNull()
      .references(() => systems.id, { onDelete: 'cascade' }),
  },
  (table) => [primaryKey({ columns: [table.staffId, table.systemId] })],
)

export const signInLinks = sqliteTable('sign_in_links', {
  id: text().primaryKey(),
  staffId: text('staff_id')
    .notNull()
    .references(() => staff.id, { onDelete: 'cascade' }),
  tokenHash: text('token_hash').notNull().unique(),
  createdAt: text('created_at').notNull(),
  expiresAt: text('expires_at').notNull(),
  usedAt: text('used_at'),
})

export const sessions = sqliteTable('sessions', {
  id: text().primaryKey(),
  staffId: text('staff_id')
    .notNull()
    .references(() => staff.id, { onDelete: 'cascade' }),
  tokenHash: text('token_hash').notNull().unique(),
  createdAt: text('created_at').notNull(),
  expiresAt: text('expires_at').notNull(),
})

export const questionSets = sqliteTable('question_sets', {
  id: text().primaryKey(),
  slug: text().notNull().unique(),
  title: text().notNull(),
  createdAt: text('created_at').notNull(),
})

export const questionSetVersions = sqliteTable(
  'question_set_versions',
  {
    id: text().primaryKey(),
    questionSetId: text('question_set_id')
      .notNull()
      .references(() => questionSets.id),
    version: integer().notNull(),
    questions: text({ mode: 'json' }).$type<Questions>().notNull(),
    plan: text({ mode: 'json' }).$type<AnalysisPlan>().notNull(),
    /** Of both parts in canonical JSON; a published version never changes. */
    sha256: text().notNull(),
    planSha256: text('plan_sha256').notNull(),
    /** What may be compared with the version before, in words; null for the first version. */
    comparability: text(),
    /** True where it only corrects the version before; null where the statements have to be read. */
    comparable: integer({ mode: 'boolean' }),
    /** Every change from the version before; null for the first version and for what the software ships. */
    changes: text({ mode: 'json' }).$type<StatedChange[]>(),
    createdAt: text('created_at').notNull(),
    publishedAt: text('published_at'),
    /** A staff e-mail address or `command line`; null for what the software ships. */
    publishedBy: text('published_by'),
  },
  (table) => [uniqueIndex('question_set_versions_number').on(table.questionSetId, table.version)],
)

/** One draft for each question set; its content may be incomplete. A set that was never published has no other row. */
export const questionSetDrafts = sqliteTable('question_set_drafts', {
  slug: text().primaryKey(),
  /** The published version it was started from; null for a new set. */
  basedOn: text('based_on').references(() => questionSetVersions.id),
  questions: text({ mode: 'json' }).$type<DraftContent['questions']>().notNull(),
  plan: text({ mode: 'json' }).$type<DraftContent['plan']>().notNull(),
  /** Grows with every save, and over the drafts of a set: a number never stands for two contents. */
  revision: integer().notNull(),
  createdAt: text('created_at').notNull(),
  createdBy: text('created_by').notNull(),
  updatedAt: text('updated_at').notNull(),
  updatedBy: text('updated_by').notNull(),
})

/** Who changed what in the drafts of a set, their beginnings and ends too; outlives the drafts. */
export const questionSetDraftChanges = sqliteTable(
  'question_set_draft_changes',
  {
    slug: text().notNull(),
    revision: integer().notNull(),
    by: text().notNull(),
    at: text().notNull(),
    /** In short lines. */
    what: text({ mode: 'json' }).$type<string[]>().notNull(),
  },
  (table) => [primaryKey({ columns: [table.slug, table.revision] })],
)

/** Answers given to try a question set out. Apart from `responses`, so that no result, export or rate can count one; of no collection. */
export const testResponses = sqliteTable(
  'test_responses',
  {
    id: text().primaryKey(),
    slug: text().notNull(),
    /** The number of the published version that was answered; null for the draft. */
    version: integer(),
    /** Of the content that the answers were checked against, as a version's. */
    sha256: text().notNull(),
    data: text({ mode: 'json' }).$type<Answers>().notNull(),
    createdBy: text('created_by').notNull(),
    createdAt: text('created_at').notNull(),
  },
  (table) => [index('test_responses_slug').on(table.slug, table.createdAt)],
)

export const collections = sqliteTable('collections', {
  id: text().primaryKey(),
  name: text().notNull(),
  versionId: text('version_id')
    .notNull()
    .references(() => questionSetVersions.id),
  mode: text({ enum: modeNames }).notNull(),
  status: text({ enum: ['draft', 'open', 'closed', 'released'] }).notNull(),
  /** Instants: the start and the end of the days named by the admin, in Europe/London. */
  opensAt: text('opens_at').notNull(),
  closesAt: text('closes_at').notNull(),
  /** The disclosure threshold, frozen at opening. */
  k: integer().notNull(),
  retainUntil: text('retain_until').notNull(),
  registerDate: text('register_date'),
  registerFile: text('register_file'),
  /** Shown on every page and export of the collection, such as that its people and answers are synthetic. */
  notice: text(),
  /** When messages may go out: weekdays (1 Monday to 7 Sunday) and hours in Europe/London; null until an admin sets them: see distribution/rules/send-window. */
  sendDays: text('send_days', { mode: 'json' }).$type<number[]>(),
  sendFrom: text('send_from'),
  sendUntil: text('send_until'),
  /** How many messages a minute; null: as fast as it goes. */
  ratePerMinute: integer('rate_per_minute'),
  /** Nothing is sent while this is set. */
  pausedAt: text('paused_at'),
  openedAt: text('opened_at'),
  closedAt: text('closed_at'),
  /** When contacts and the links between invitations and responses were deleted. */
  severedAt: text('severed_at'),
  createdAt: text('created_at').notNull(),
})

export const collectionSystems = sqliteTable(
  'collection_systems',
  {
    collectionId: text('collection_id')
      .notNull()
      .references(() => collections.id, { onDelete: 'cascade' }),
    systemId: text('system_id')
      .notNull()
      .references(() => systems.id),
  },
  (table) => [primaryKey({ columns: [table.collectionId, table.systemId] })],
)

export const frameServices = sqliteTable(
  'frame_services',
  {
    id: text().primaryKey(),
    collectionId: text('collection_id')
      .notNull()
      .references(() => collections.id, { onDelete: 'cascade' }),
    systemId: text('system_id')
      .notNull()
      .references(() => systems.id),
    locationId: text('location_id').notNull(),
    name: text().notNull(),
    /** Provider ID, else the normalised provider name. */
    providerKey: text('provider_key').notNull(),
    providerName: text('provider_name').notNull(),
    category: text().notNull(),
    postcode: text(),
    telephone: text(),
    contactEmail: text('contact_email'),
    contactName: text('contact_name'),
    notEligibleReason: text('not_eligible_reason'),
  },
  (table) => [
    uniqueIndex('frame_services_location').on(table.collectionId, table.locationId),
    index('frame_services_system').on(table.collectionId, table.systemId),
    // Lists are read by name, a page at a time.
    index('frame_services_name').on(table.collectionId, table.name, table.locationId),
  ],
)

export const invitations = sqliteTable(
  'invitations',
  {
    id: text().primaryKey(),
    collectionId: text('collection_id')
      .notNull()
      .references(() => collections.id, { onDelete: 'cascade' }),
    frameServiceId: text('frame_service_id')
      .notNull()
      .unique()
      .references(() => frameServices.id, { onDelete: 'cascade' }),
    tokenHash: text('token_hash').notNull().unique(),
    /** A new number makes a new token; the old link then shows the neutral page. */
    tokenVersion: integer('token_version').notNull().default(1),
    /** What the person or an admin stated; the AAPOR disposition follows from it and from the response. */
    outcome: text({ enum: ['declined', 'not_eligible', 'contacted', 'undelivered', 'withdrawn'] }),
    outcomeAt: text('outcome_at'),
    /** One-click unsubscribe: no more messages, though the link still works. */
    unsubscribedAt: text('unsubscribed_at'),
    /** Set by hand, with a reason, over what follows from the events. */
    setDisposition: text('set_disposition', { enum: ['I', 'P', 'R', 'NC', 'O', 'U', 'NE'] }),
    setDispositionReason: text('set_disposition_reason'),
    createdAt: text('created_at').notNull(),
  },
  (table) => [index('invitations_collection').on(table.collectionId)],
)

/** What happened to an invitation beside its messages; page openings are no event. */
export const invitationEvents = sqliteTable(
  'invitation_events',
  {
    id: integer().primaryKey({ autoIncrement: true }),
    invitationId: text('invitation_id')
      .notNull()
      .references(() => invitations.id, { onDelete: 'cascade' }),
    event: text({
      enum: [
        'begun',
        'completed',
        'declined',
        'not_eligible',
        'no_discharges',
        'passed_on',
        'unsubscribed',
        'withdrawn',
        'undone',
        'contact_corrected',
        'link_sent_again',
        'disposition_set',
      ],
    }).notNull(),
    detail: text(),
    /** A staff e-mail address, `respondent` or `command line`. */
    actor: text().notNull(),
    at: text().notNull(),
  },
  (table) => [index('invitation_events_invitation').on(table.invitationId)],
)

/** Links that were retired by passing an invitation on: each can take that back until the close. Deleted with the invitation. */
export const handovers = sqliteTable(
  'handovers',
  {
    id: text().primaryKey(),
    invitationId: text('invitation_id')
      .notNull()
      .references(() => invitations.id, { onDelete: 'cascade' }),
    /** Of the retired link. */
    tokenHash: text('token_hash').notNull().unique(),
    /** The contact before, put back with the link. */
    fromEmail: text('from_email'),
    fromName: text('from_name'),
    passedOnAt: text('passed_on_at').notNull(),
    takenBackAt: text('taken_back_at'),
    /** The version of the link that the retired one stands for again, once it was taken back. */
    standsFor: integer('stands_for'),
  },
  (table) => [index('handovers_invitation').on(table.invitationId)],
)

/** The plan of a collection: the invitation, its reminders, a thank-you and a note on results, each on a day in Europe/London. */
export const mailings = sqliteTable(
  'mailings',
  {
    id: text().primaryKey(),
    collectionId: text('collection_id')
      .notNull()
      .references(() => collections.id, { onDelete: 'cascade' }),
    kind: text({ enum: ['invitation', 'reminder', 'thank_you', 'results_released'] }).notNull(),
    /** `2026-06-12`. */
    dueOn: text('due_on'),
    /** When its recipients were put into the outbox. */
    queuedAt: text('queued_at'),
    createdAt: text('created_at').notNull(),
  },
  (table) => [index('mailings_collection').on(table.collectionId)],
)

/** An admin's own words for a kind of message; without a row, the shipped ones. */
export const messageTemplates = sqliteTable(
  'message_templates',
  {
    collectionId: text('collection_id')
      .notNull()
      .references(() => collections.id, { onDelete: 'cascade' }),
    kind: text().notNull(),
    subject: text().notNull(),
    body: text().notNull(),
    revision: integer().notNull().default(1),
    updatedAt: text('updated_at').notNull(),
    updatedBy: text('updated_by').notNull(),
  },
  (table) => [primaryKey({ columns: [table.collectionId, table.kind] })],
)

export const cascadeLinks = sqliteTable(
  'cascade_links',
  {
    id: text().primaryKey(),
    collectionId: text('collection_id')
      .notNull()
      .references(() => collections.id, { onDelete: 'cascade' }),
    systemId: text('system_id')
      .notNull()
      .references(() => systems.id),
    organisation: text(),
    sector: text(),
    coordinatorName: text('coordinator_name'),
    coordinatorEmail: text('coordinator_email'),
    /** How many people the coordinator says it was passed to. */
    declaredReach: integer('declared_reach'),
    declaredAt: text('declared_at'),
    /** Of the short address on a poster. */
    shortCodeHash: text('short_code_hash').unique(),
    /** Of the coordinator's own page, which counts and shows nothing else. */
    coordinatorTokenHash: text('coordinator_token_hash').unique(),
    tokenHash: text('token_hash').notNull().unique(),
    withdrawnAt: text('withdrawn_at'),
    createdAt: text('created_at').notNull(),
  },
  (table) => [index('cascade_links_collection').on(table.collectionId)],
)

/** The outbox: a message is a row before it is an e-mail. Its text is rendered when it is sent, so no link is stored. */
export const messages = sqliteTable(
  'messages',
  {
    id: text().primaryKey(),
    kind: text({
      enum: [
        'invitation',
        'reminder',
        'thank_you',
        'results_released',
        'link_again',
        'passed_on',
        'coordinator',
        'finish_later',
        'test',
        'sign_in',
      ],
    }).notNull(),
    collectionId: text('collection_id').references(() => collections.id, { onDelete: 'cascade' }),
    invitationId: text('invitation_id').references(() => invitations.id, { onDelete: 'cascade' }),
    signInLinkId: text('sign_in_link_id').references(() => signInLinks.id, { onDelete: 'cascade' }),
    mailingId: text('mailing_id').references(() => mailings.id, { onDelete: 'cascade' }),
    cascadeLinkId: text('cascade_link_id').references(() => cascadeLinks.id, { onDelete: 'cascade' }),
    /** Of a link to finish later; the address is deleted when the response is submitted. */
    responseId: text('response_id').references((): AnySQLiteColumn => responses.id, { onDelete: 'cascade' }),
    /** What a test message is a test of: a kind of template. */
    templateKind: text('template_kind'),
    recipient: text().notNull(),
    /** Stays the same over retries, so that a mail server can recognise a repeat. */
    messageId: text('message_id').notNull().unique(),
    status: text({ enum: ['queued', 'sending', 'sent', 'failed', 'cancelled'] }).notNull(),
    attempts: integer().notNull().default(0),
    dueAt: text('due_at').notNull(),
    /** When it was last taken for sending: what the rate counts. */
    attemptedAt: text('attempted_at'),
    sentAt: text('sent_at'),
    createdAt: text('created_at').notNull(),
  },
  (table) => [
    index('messages_due').on(table.status, table.collectionId, table.kind, table.dueAt),
    uniqueIndex('messages_invitation')
      .on(table.invitationId)
      .where(sql`kind = 'invitation'`),
    // A mailing reaches each invitation once.
    uniqueIndex('messages_mailing').on(table.mailingId, table.invitationId),
    index('messages_of_invitation').on(table.invitationId),
    index('messages_attempted').on(table.collectionId, table.attemptedAt),
    // Asked at every submission, and by every deletion of a response.
    index('messages_response').on(table.responseId),
  ],
)

export const messageEvents = sqliteTable(
  'message_events',
  {
    id: integer().primaryKey({ autoIncrement: true }),
    messageId: text('message_id')
      .notNull()
      .references(() => messages.id, { onDelete: 'cascade' }),
    event: text({
      enum: [
        'queued',
        'sending',
        'sent',
        'deferred',
        'failed',
        'cancelled',
        'delayed',
        'bounced_soft',
        'bounced_hard',
        'bounced_policy',
      ],
    }).notNull(),
    detail: text(),
    at: text().notNull(),
  },
  (table) => [
    index('message_events_message').on(table.messageId),
    // Few, and asked for of every service whenever messages are planned or counted.
    index('message_events_bounced')
      .on(table.messageId)
      .where(sql`event = 'bounced_hard'`),
  ],
)

/** What mail servers reported back, understood or not; one that matches nothing changes nothing. */
export const deliveryReports = sqliteTable(
  'delivery_reports',
  {
    id: text().primaryKey(),
    /** SHA-256 of the file: the same report twice counts once. */
    fileHash: text('file_hash').notNull().unique(),
    source: text({ enum: ['spool', 'upload'] }).notNull(),
    verdict: text({
      enum: [
        'hard',
        'soft',
        'policy',
        'delayed',
        'delivered',
        'complaint',
        'auto_reply',
        'not_understood',
        'unmatched',
        'forged',
      ],
    }).notNull(),
    messageId: text('message_id').references(() => messages.id, { onDelete: 'cascade' }),
    collectionId: text('collection_id').references(() => collections.id, { onDelete: 'cascade' }),
    /** RFC 3463, such as 5.1.1. */
    status: text(),
    diagnostic: text(),
    receivedAt: text('received_at').notNull(),
  },
  (table) => [index('delivery_reports_message').on(table.messageId)],
)

export const responses = sqliteTable(
  'responses',
  {
    id: text().primaryKey(),
    collectionId: text('collection_id')
      .notNull()
      .references(() => collections.id),
    versionId: text('version_id')
      .notNull()
      .references(() => questionSetVersions.id),
    systemId: text('system_id')
      .notNull()
      .references(() => systems.id),
    source: text({ enum: ['web', 'import', 'test'] }).notNull(),
    /** Deleted at the end of retention: nothing else leads from an answer to a service. */
    invitationId: text('invitation_id').references(() => invitations.id, { onDelete: 'set null' }),
    cascadeLinkId: text('cascade_link_id').references(() => cascadeLinks.id, { onDelete: 'set null' }),
    /** Of the personal link that the first save through a cascade link issues. */
    resumeTokenHash: text('resume_token_hash'),
    /** Fixed at submission: the code of every breakdown, `not_stated` included. */
    stratum: text({ mode: 'json' }).$type<Record<string, string>>(),
    providerKey: text('provider_key'),
    /** The respondent's own statement of the service type differs from the register's. */
    categoryDiffers: integer('category_differs', { mode: 'boolean' }).notNull().default(false),
    data: text({ mode: 'json' }).$type<Answers>().notNull(),
    /** Counts the saves; `touched` holds, by question, the revision that last changed it. */
    revision: integer().notNull().default(0),
    touched: text({ mode: 'json' }).$type<Record<string, number>>().notNull(),
    status: text({ enum: ['partial', 'complete', 'withdrawn'] }).notNull(),
    /** 60 random bits: nothing is looked up by it. */
    reference: text(),
    language: text().notNull().default('en'),
    createdAt: text('created_at').notNull(),
    savedAt: text('saved_at').notNull(),
    submittedAt: text('submitted_at'),
  },
  (table) => [
    // Each index costs every submission a write elsewhere in the file: there are only those that something looks up by.
    uniqueIndex('responses_invitation').on(table.invitationId).where(isNotNull(table.invitationId)),
    uniqueIndex('responses_resume_token').on(table.resumeTokenHash).where(isNotNull(table.resumeTokenHash)),
    index('responses_collection').on(table.collectionId, table.status),
  ],
)

/** Free text of submitted responses, kept apart so that it can be read by cleared reviewers and redacted. */
export const textAnswers = sqliteTable(
  'text_answers',
  {
    responseId: text('response_id')
      .notNull()
      .references(() => responses.id, { onDelete: 'cascade' }),
    question: text().notNull(),
    text: text().notNull(),
  },
  (table) => [primaryKey({ columns: [table.responseId, table.question] })],
)

export const snapshots = sqliteTable(
  'snapshots',
  {
    id: text().primaryKey(),
    collectionId: text('collection_id')
      .notNull()
      .references(() => collections.id),
    versionId: text('version_id')
      .notNull()
      .references(() => questionSetVersions.id),
    sha256: text().notNull(),
    responses: integer().notNull(),
    k: integer().notNull(),
    /** As they stood, by code: systems' and regions' names and each system's region, so that a released result never changes. */
    labels: text({ mode: 'json' })
      .$type<{ systems: Record<string, string>; regions: Record<string, string>; regionOf: Record<string, string> }>()
      .notNull(),
    takenAt: text('taken_at').notNull(),
    takenBy: text('taken_by').notNull(),
    releasedAt: text('released_at'),
    releasedBy: text('released_by'),
  },
  (table) => [index('snapshots_collection').on(table.collectionId)],
)

/** Responses per stratum (a JSON object of breakdown codes), variable and state; `value` is the code where answered. The variable `` is the responses themselves. */
export const snapshotCounts = sqliteTable(
  'snapshot_counts',
  {
    snapshotId: text('snapshot_id')
      .notNull()
      .references(() => snapshots.id, { onDelete: 'cascade' }),
    stratum: text().notNull(),
    variable: text().notNull(),
    state: text({ enum: ['answered', 'dont_know', 'not_applicable', 'not_asked', 'missing'] }).notNull(),
    value: text().notNull(),
    count: integer().notNull(),
  },
  (table) => [primaryKey({ columns: [table.snapshotId, table.stratum, table.variable, table.state, table.value] })],
)

/** Exact sums for scales and for their alpha; see results/rules/scales.ts for the units. */
export const snapshotSums = sqliteTable(
  'snapshot_sums',
  {
    snapshotId: text('snapshot_id')
      .notNull()
      .references(() => snapshots.id, { onDelete: 'cascade' }),
    stratum: text().notNull(),
    scale: text().notNull(),
    sums: text({ mode: 'json' }).$type<Record<string, unknown>>().notNull(),
  },
  (table) => [primaryKey({ columns: [table.snapshotId, table.stratum, table.scale] })],
)

/** The frame as it stood: services per stratum and disposition; the population leaves out NE. */
export const snapshotDispositions = sqliteTable(
  'snapshot_dispositions',
  {
    snapshotId: text('snapshot_id')
      .notNull()
      .references(() => snapshots.id, { onDelete: 'cascade' }),
    stratum: text().notNull(),
    disposition: text().notNull(),
    count: integer().notNull(),
  },
  (table) => [primaryKey({ columns: [table.snapshotId, table.stratum, table.disposition] })],
)

/** For each cell and figure of a personal collection: how many providers its base rests on, and the most that one has. */
export const snapshotProviders = sqliteTable(
  'snapshot_providers',
  {
    snapshotId: text('snapshot_id')
      .notNull()
      .references(() => snapshots.id, { onDelete: 'cascade' }),
    figure: text().notNull(),
    cell: text().notNull(),
    providers: integer().notNull(),
    largest: integer().notNull(),
  },
  (table) => [primaryKey({ columns: [table.snapshotId, table.figure, table.cell] })],
)

export const auditLog = sqliteTable(
  'audit_log',
  {
    id: integer().primaryKey({ autoIncrement: true }),
    at: text().notNull(),
    /** A staff e-mail address, or `command line`. */
    actor: text().notNull(),
    action: text().notNull(),
    subject: text().notNull(),
    detail: text({ mode: 'json' }).$type<Record<string, unknown>>(),
  },
  (table) => [index('audit_log_subject').on(table.subject)],
)

/** Responses to look at: many in a burst, or several from one browser. Never deleted for it. */
export const responseFlags = sqliteTable(
  'response_flags',
  {
    id: text().primaryKey(),
    collectionId: text('collection_id')
      .notNull()
      .references(() => collections.id, { onDelete: 'cascade' }),
    cascadeLinkId: text('cascade_link_id').references(() => cascadeLinks.id, { onDelete: 'cascade' }),
    kind: text({ enum: ['burst', 'repeat'] }).notNull(),
    /** How many responses the flag stands for. */
    count: integer().notNull(),
    day: text().notNull(),
    reviewedAt: text('reviewed_at'),
    reviewedBy: text('reviewed_by'),
    note: text(),
    createdAt: text('created_at').notNull(),
  },
  (table) => [index('response_flags_collection').on(table.collectionId)],
)
