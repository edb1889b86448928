import type { Surroundings } from '../plugin/surroundings.ts'
import { Secrets } from '../secrets/secrets.ts'

/** What a component under test finds around it: no log, and errors in callbacks are the test runner's to report. */
export function testSurroundings(): Surroundings {
  return {
    builderId: 'test',
    secrets: new Secrets(),
    log: () => {},
    crashed: new Promise<never>(() => {}),
    leave: () => {},
  }
}
