import type { Request } from '../audit/event.ts'
import type { BuildAddress } from '../domain/address.ts'
import { sbomSize, sbomsPerBuild } from '../domain/limits.ts'
import { obey, Refusal } from '../domain/refusal.ts'
import { checkSbomName, type NamedPackage, type Sbom } from '../domain/sbom.ts'
import type { NewSbom } from '../inputs.ts'
import { openSbom } from '../sbom/read-sbom.ts'
import type { SbomView } from '../views.ts'
import { assessSome, assessWaiting } from './assessing.ts'
import { type Desk, mayAsk, type Scene, type Stage } from './desk.ts'
import { findBuild } from './find.ts'

/** A bill that was begun this long ago and is not complete never will be. Milliseconds. */
const abandonedAfter = 3_600_000

interface Keeping {
  readonly request: Request
  readonly at: BuildAddress
  readonly sbom: NewSbom
}

/**
 * Keeps a bill of materials of a build with its packages. It is read apart, written piece by piece meanwhile, and seen when all of
 * it is there; whatever goes wrong, nothing of it stays.
 */
export async function keepSbom(desk: Desk, { request, at, sbom: sent }: Keeping): Promise<SbomView> {
  const buildId = await desk.look(request, (scene) => {
    obey(mayAsk(request, 'contributor'))
    return admit(scene, at, sent)
  })
  await using read = await reading(desk, request, () => openSbom(decode(sent.content), sent.format))
  const { format, formatVersion, packageCount } = read
  const now = desk.clock.now()
  const id = desk.ids.ulid(now)
  const sbom: Sbom = {
    ...{ id, buildId, format, formatVersion, packageCount, late: sent.late, createdAt: now },
    ...{ name: sent.name || id, author: request.caller.principalName },
  }
  try {
    await desk.store.write(({ rows }) => rows.sboms.begin(sbom, sent.content))
    for await (const some of read.packages) await addPackages(desk, id, some)
    await assessWaiting(desk)
    return await desk.change(request, (stage) => publish(stage, at, sbom))
  } catch (error) {
    await desk.store.write(({ rows }) => rows.sboms.remove(id))
    throw error
  }
}

/** Removes what was begun and never completed, because the process ended in between. */
export async function removeAbandoned({ store, clock }: Desk): Promise<number> {
  return store.write(async ({ rows }) => {
    const ids = await rows.sboms.abandonedBefore(clock.now() - abandonedAfter)
    for (const id of ids) await rows.sboms.remove(id)
    return ids.length
  })
}

/** Oldest first. */
export async function listSboms(scene: Scene, at: BuildAddress): Promise<readonly SbomView[]> {
  const { build } = await findBuild(scene, at)
  return scene.rows.sboms.ofBuild(build.id)
}

export async function getSbom(scene: Scene, at: BuildAddress, name: string): Promise<SbomView> {
  const { build } = await findBuild(scene, at)
  const sbom = await scene.rows.sboms.find(build.id, name)
  if (!sbom) throw new Refusal('sbom.absent', { sbom: name })
  return sbom
}

/** What can be refused before the bill is read. */
async function admit(scene: Scene, at: BuildAddress, { name, late, content }: NewSbom): Promise<string> {
  obey(checkSbomName(name))
  const { build } = await findBuild(scene, at)
  if (!late && build.status !== 'running') throw new Refusal('sbom.build-not-running', {})
  if (content.length > (sbomSize / 3) * 4 + 4) throw new Refusal('sbom.too-large', { limit: sbomSize })
  if ((await scene.rows.sboms.ofBuild(build.id)).length >= sbomsPerBuild)
    throw new Refusal('list.too-long', { field: 'sboms', limit: sbomsPerBuild })
  return build.id
}

/** Has what cannot be read refused with an audit row. */
async function reading<Result>(desk: Desk, request: Request, read: () => Promise<Result>): Promise<Result> {
  try {
    return await read()
  } catch (error) {
    if (error instanceof Refusal)
      return desk.look(request, () => {
        throw error
      })
    throw error
  }
}

function decode(content: string): Buffer {
  if (/^[A-Za-z0-9+/]*={0,2}$/.test(content) && content.length % 4 === 0)
    return Buffer.from(content, 'base64')
  throw new Refusal('sbom.unreadable', { problem: 'its content is not base64' })
}

async function addPackages(
  { store, clock }: Desk,
  sbom: string,
  packages: readonly NamedPackage[],
): Promise<void> {
  await store.write(async ({ rows }) => {
    await rows.packages.add(sbom, packages)
    await assessSome(rows, clock.now())
  })
}

/** Shows a bill, in the place of one of the same name. */
async function publish(stage: Stage, at: BuildAddress, sbom: Sbom): Promise<SbomView> {
  const { rows } = stage
  const { build } = await findBuild(stage, at)
  if (!sbom.late && build.status !== 'running') throw new Refusal('sbom.build-not-running', {})
  const before = await rows.sboms.find(build.id, sbom.name)
  if (before) await rows.sboms.remove(before.id)
  await rows.sboms.complete(sbom.id)
  const { name, format, packageCount, late } = sbom
  stage.note({
    ...(before && { before: { id: before.id } }),
    after: { id: sbom.id, name, format, packageCount, late },
  })
  return sbom
}
