import type { VersionAddress } from '../domain/address.ts'
import type { Build } from '../domain/build.ts'
import { versionName } from '../domain/version.ts'
import { nextStep, progressOf } from '../domain/version-progress.ts'
import type { ExplanationView } from '../views.ts'
import type { Scene } from './desk.ts'
import { findVersion } from './find.ts'
import { showVersion } from './show.ts'

/** Why a version is not complete, measured by the components of the complete version before it. */
export async function explainVersion(scene: Scene, at: VersionAddress): Promise<ExplanationView> {
  const { rows, now } = scene
  const version = await findVersion(scene, at, 'version.unknown')
  const before = await rows.versions.completeBefore(version)
  const expected = before ? await rows.builds.ofVersion(before.id) : []
  const builds = await rows.builds.ofVersion(version.id)
  const marks = (await rows.enforcements.ofVersion(version.id)).filter(({ told }) => !told)
  const progress = progressOf(
    builds,
    expected.map(({ componentType }) => componentType),
    now,
  )
  return {
    version: await showVersion(scene, at, version),
    builds: progress.map((build) => ({
      ...build,
      unenforced: marks.filter(({ buildId }) => buildId === build.buildId).map((mark) => mark.blockName),
    })),
    comparedWith: before ? { name: versionName(before.number), fingerprint: before.fingerprint } : null,
    next: nextStep(version.number > 0, progress),
    templatePath: templatePath([...builds, ...expected]),
  }
}

/** Where packer found the template, as it tells with builds that are done. */
function templatePath(builds: readonly Build[]): string {
  for (const { metadata } of builds) {
    const told = (metadata as { packer?: { options?: { path?: unknown } } } | null)?.packer?.options?.path
    if (typeof told === 'string' && told !== '') return told
  }
  return ''
}
