import { platform } from '@ingot/registry-api'
import type { BuildState, NextStep } from '../../domain/version-progress.ts'
import { render } from '../answer.ts'
import { versionAt } from '../packer-2023-01-01/addresses.ts'
import { dateTime } from '../packer-2023-01-01/encode.ts'
import { versionStatusWord } from '../packer-2023-01-01/words.ts'
import { type Route, serve } from '../route.ts'

const stateWord = {
  done: 'DONE',
  running: 'RUNNING',
  silent: 'SILENT',
  waiting: 'WAITING',
  failed: 'FAILED',
  cancelled: 'CANCELLED',
  missing: 'MISSING',
} as const satisfies Readonly<Record<BuildState, string>>

const stepWord = {
  nothing: 'NOTHING',
  wait: 'WAIT',
  resume: 'RESUME',
} as const satisfies Readonly<Record<NextStep['step'], string>>

/** Why versions are not complete. */
export const explanationRoutes: readonly Route[] = [
  serve(platform.explainVersion, async ({ registry, caller, at }) => {
    const { version, next, ...view } = await registry.versions.explain(caller, versionAt(at))
    return render({
      version: {
        ...{ id: version.id, name: version.name, fingerprint: version.fingerprint },
        ...{ status: versionStatusWord[version.status], created_at: dateTime(version.createdAt) },
      },
      complete: version.number > 0,
      builds: view.builds.map(({ componentType, buildId, lastHeardAt, givenUpAt, ...build }) => ({
        ...{ component_type: componentType, state: stateWord[build.state], build_id: buildId },
        last_heard_at: lastHeardAt === null ? null : dateTime(lastHeardAt),
        given_up_at: givenUpAt === null ? null : dateTime(givenUpAt),
        unenforced: build.unenforced,
      })),
      compared_with: view.comparedWith,
      next: { step: stepWord[next.step], components: next.components },
      template_path: view.templatePath,
    })
  }),
]
