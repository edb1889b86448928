import { registry } from './0001-registry.ts'
import { silentBuildsAndSources } from './0002-silent-builds-and-sources.ts'
import { enforcedBlocks } from './0003-enforced-blocks.ts'
import { runTasks } from './0004-run-tasks.ts'
import { sboms } from './0005-sboms.ts'
import { consumers } from './0010-consumers.ts'
import { advisories } from './0020-advisories.ts'
import { descent } from './0030-descent.ts'
import { principals } from './0040-principals.ts'
import type { Migration } from './migration.ts'

/** The line of migrations, oldest first. A released one is never edited; the schema only grows by new ones. */
export const migrations: readonly Migration[] = [
  registry,
  silentBuildsAndSources,
  enforcedBlocks,
  runTasks,
  sboms,
  consumers,
  advisories,
  descent,
  principals,
]
