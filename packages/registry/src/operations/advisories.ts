import { setImmediate as breathe } from 'node:timers/promises'
import { loadScore } from '../advisories/score.ts'
import type { Request } from '../audit/event.ts'
import type { ProjectAddress } from '../domain/address.ts'
import { streamOf } from '../domain/ecosystem.ts'
import { advisoriesAtOnce, advisoryIdLength, advisoryTextLength } from '../domain/limits.ts'
import { type Advisory, readOsv } from '../domain/osv.ts'
import { type List, makePage, type Page, readPaging } from '../domain/page.ts'
import { granted, obey, Refusal } from '../domain/refusal.ts'
import { checkText } from '../domain/text.ts'
import type { AdvisoryQuery } from '../inputs.ts'
import type { Rows } from '../store/rows/rows.ts'
import type { AdvisoryStatusView, AdvisoryView, ImportView } from '../views.ts'
import { assessAdvisory } from './assessing.ts'
import type { Desk, Scene } from './desk.ts'
import { enter } from './find.ts'

/** Advisories that are read, and packages that are written, before others get their turn. */
const readAtOnce = 20
const affectedAtOnce = 500

interface Importing {
  readonly request: Request
  readonly at: ProjectAddress
  /** As JSON in the form of OSV. */
  readonly sent: readonly unknown[]
}

/** Takes advisories that are new, or newer than what is here. One that cannot be read stops all that were sent with it. */
export async function importAdvisories(desk: Desk, { request, at, sent }: Importing): Promise<ImportView> {
  await desk.look(request, async (scene) => {
    await enter(scene, at)
    if (sent.length > advisoriesAtOnce)
      throw new Refusal('list.too-long', { field: 'advisories', limit: advisoriesAtOnce })
  })
  const read = await readAll(sent)
  if (read instanceof Refusal) return refuse(desk, request, read)
  const useful = read.filter(({ affected }) => affected.length > 0)
  const counts = { added: 0, updated: 0, unchanged: 0, ignored: read.length - useful.length }
  for (const some of portions(useful))
    await desk.store.write(async ({ rows }) => {
      for (const advisory of some) counts[await keep(rows, at.projectId, advisory, desk.clock.now())]++
    })
  return desk.change(request, async ({ rows, now, note }) => {
    const streams = new Set(useful.flatMap(({ affected }) => affected.map(({ stream }) => stream)))
    for (const stream of streams) await rows.advisories.touch(at.projectId, stream, now)
    note({ after: counts })
    return counts
  })
}

function refuse(desk: Desk, request: Request, refusal: Refusal): Promise<never> {
  return desk.look(request, () => Promise.reject(refusal))
}

async function readAll(sent: readonly unknown[]): Promise<readonly Advisory[] | Refusal> {
  const score = await loadScore()
  const read: Advisory[] = []
  for (const [place, value] of sent.entries()) {
    const advisory = readOsv(value, score)
    if ('problem' in advisory) return new Refusal('advisory.unreadable', { place, problem: advisory.problem })
    read.push(advisory)
    if (place % readAtOnce === readAtOnce - 1) await breathe()
  }
  return read
}

/** Parts that a transaction writes each. */
function* portions(advisories: readonly Advisory[]): Generator<readonly Advisory[]> {
  let some: Advisory[] = []
  let size = 0
  for (const advisory of advisories) {
    some.push(advisory)
    size += 1 + advisory.affected.length
    if (size < affectedAtOnce) continue
    yield some
    some = []
    size = 0
  }
  if (some.length > 0) yield some
}

async function keep(
  rows: Rows,
  project: string,
  advisory: Advisory,
  now: number,
): Promise<'added' | 'updated' | 'unchanged'> {
  const before = await rows.advisories.find(project, advisory.id)
  if (before && before.modifiedAt >= advisory.modifiedAt) return 'unchanged'
  const { affected } = advisory
  if (!before) {
    const key = await rows.advisories.add(project, advisory)
    await assessAdvisory(rows, key, { affected, found: new Map(), now })
    return 'added'
  }
  const findings = await rows.findings.ofAdvisory(before.key)
  const found = new Map(findings.map(({ packageId, foundAt }) => [packageId, foundAt]))
  await rows.findings.removeOf(before.key)
  await rows.advisories.replace(before.key, advisory)
  await assessAdvisory(rows, before.key, { affected, found, now })
  return 'updated'
}

const list: List<'id'> = {
  name: 'advisories',
  columns: { identifier: 'id' },
  types: { id: 'string' },
  order: [{ column: 'id', descending: false }],
}

export async function listAdvisories(
  scene: Scene,
  at: ProjectAddress,
  query: AdvisoryQuery,
): Promise<Page<Omit<AdvisoryView, 'affected'>>> {
  const { ecosystem = '', packageName = '', prefix = '' } = query
  obey(checkText('ecosystem', ecosystem, advisoryTextLength))
  obey(checkText('package_name', packageName, advisoryTextLength))
  obey(checkText('identifier_starts_with', prefix, advisoryIdLength))
  const window = granted(readPaging(list, query))
  await enter(scene, at)
  const filter = { prefix, stream: streamOf(ecosystem), name: packageName }
  const found = await scene.rows.advisories.list(at.projectId, filter, window)
  return makePage(window, found, ({ id }) => id)
}

export async function getAdvisory(scene: Scene, at: ProjectAddress, id: string): Promise<AdvisoryView> {
  await enter(scene, at)
  const found = await scene.rows.advisories.find(at.projectId, id)
  if (!found) throw new Refusal('advisory.absent', { advisory: id })
  return { ...found, affected: await scene.rows.advisories.affectedBy(found.key) }
}

export async function advisoryStatus(scene: Scene, at: ProjectAddress): Promise<AdvisoryStatusView> {
  await enter(scene, at)
  const { advisories } = scene.rows
  const { projectId } = at
  return {
    advisories: await advisories.count(projectId),
    importedAt: await advisories.lastImport(projectId),
    streams: await advisories.streams(projectId),
  }
}
