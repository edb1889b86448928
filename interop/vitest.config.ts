import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'
import { packerRace } from './harness/packer-race.ts'

/** Starts the one scenario that mostly waits first, so that the others run meanwhile. */
class WaitingFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const waits = (file: TestSpecification) => (file.moduleId.endsWith('/heartbeat.ts') ? 0 : 1)
    return files.toSorted((a, b) => waits(a) - waits(b) || (a.moduleId < b.moduleId ? -1 : 1))
  }
}

export default defineConfig({
  test: {
    root: import.meta.dirname,
    include: ['scenarios/*.ts'],
    globalSetup: 'harness/set-up.ts',
    pool: 'forks',
    maxWorkers: 2,
    sequence: { sequencer: WaitingFirst },
    testTimeout: 120_000,
    hookTimeout: 120_000,
    slowTestThreshold: 10_000,
    retry: { count: 2, condition: new RegExp(packerRace) },
  },
})
