import type { BuildAddress, ProjectAddress, VersionAddress } from '../domain/address.ts'
import type { Artifact } from '../domain/artifact.ts'
import {
  type Build,
  type BuildMoment,
  blankBuild,
  changeBuild,
  checkNewBuild,
  isHeartbeat,
} from '../domain/build.ts'
import { type List, makePage, type Page, readPaging, type SortedPaging } from '../domain/page.ts'
import { granted, obey, Refusal } from '../domain/refusal.ts'
import type { VersionKey } from '../domain/version.ts'
import type { BuildChange, NewBuild } from '../inputs.ts'
import type { BuildColumn } from '../store/rows/build-rows.ts'
import type { BuildView } from '../views.ts'
import { finish } from './assignments.ts'
import type { Scene, Stage } from './desk.ts'
import { noteEnforcement } from './enforcement.ts'
import { findBuild, findVersion } from './find.ts'
import { declareParent, observe } from './inheritance.ts'
import { showBuild } from './show.ts'

const builds: List<BuildColumn> = {
  name: 'builds',
  columns: { component_type: 'componentType', created_at: 'createdAt', updated_at: 'updatedAt', id: 'id' },
  types: { componentType: 'string', createdAt: 'number', updatedAt: 'number', id: 'string' },
  order: [
    { column: 'createdAt', descending: false },
    { column: 'id', descending: false },
  ],
  whole: true,
}

export async function createBuild(stage: Stage, at: VersionAddress, input: NewBuild): Promise<BuildView> {
  const { rows, now, ids } = stage
  const { componentType } = input
  obey(checkNewBuild(componentType, input))
  const version = await findVersion(stage, at, 'version.absent')
  if (version.number > 0) throw new Refusal('build.version-complete', {})
  if (await rows.builds.has(version.id, componentType))
    throw new Refusal('build.exists', { component: componentType })
  const blank = blankBuild({ id: ids.ulid(now), versionId: version.id, componentType, now })
  const build = granted(changeBuild(blank, input, moment(stage)))
  await rows.builds.add(build)
  await follow(stage, at, version, { before: blank, after: build })
  stage.note({ after: { id: build.id, componentType, ...audited(build) } })
  return showBuild(build)
}

export async function getBuild(scene: Scene, at: BuildAddress): Promise<BuildView> {
  return showBuild((await findBuild(scene, at)).build)
}

export async function listBuilds(
  scene: Scene,
  at: VersionAddress,
  paging: SortedPaging,
): Promise<Page<BuildView>> {
  const window = granted(readPaging(builds, paging))
  const version = await findVersion(scene, at, 'version.absent')
  const found = await scene.rows.builds.list(version.id, window)
  const page = makePage(window, found, (build, column) => build[column])
  return { ...page, items: page.items.map(showBuild) }
}

export async function updateBuild(stage: Stage, at: BuildAddress, change: BuildChange): Promise<BuildView> {
  const { version, build: before } = await findBuild(stage, at)
  if (isHeartbeat(before, change)) {
    await stage.rows.builds.beat(before.id, stage.now)
    return showBuild(before)
  }
  const after = granted(changeBuild(before, change, moment(stage)))
  if (after === before) return showBuild(before)
  await stage.rows.builds.update(before, after)
  await follow(stage, at, version, { before, after })
  if (before.status !== after.status) stage.note({ before: audited(before), after: audited(after) })
  return showBuild(after)
}

export async function deleteBuild(stage: Stage, at: BuildAddress): Promise<void> {
  const { version, build } = await findBuild(stage, at)
  await stage.rows.builds.remove(build.id)
  if (!(await finish(stage, version))) await stage.rows.versions.touch(version.id, stage.now)
  stage.note({ before: { id: build.id, componentType: build.componentType, ...audited(build) } })
}

/** What a change of a build means for its version: a parent, completion, or only that it changed. */
async function follow(
  stage: Stage,
  at: ProjectAddress,
  version: VersionKey,
  { before, after }: { readonly before: Build; readonly after: Build },
): Promise<void> {
  const parent = after.parentVersionId + after.parentChannelId
  if (parent !== before.parentVersionId + before.parentChannelId)
    await declareParent(stage, at, version, after)
  await observe(stage, at, version, { before, after })
  await noteEnforcement(stage, version, { before, after })
  const done = before.status !== 'done' && after.status === 'done'
  if (!(done && (await finish(stage, version)))) await stage.rows.versions.touch(version.id, stage.now)
}

function moment({ now, ids, caller }: Stage): BuildMoment {
  const artifact: BuildMoment['artifact'] = ({ externalIdentifier, region }): Artifact => ({
    ...{ id: ids.ulid(now), externalIdentifier, region, createdAt: now },
  })
  return { now, sourceChannel: (caller.sourceChannel ?? '').slice(0, 255), artifact }
}

function audited({ status, platform, artifacts, parentVersionId }: Build) {
  return { status, platform, artifacts: artifacts.length, parentVersionId }
}
