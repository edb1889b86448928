import { platform } from '@ingot/registry-api'
import { version } from '../../version.ts'
import { render } from '../answer.ts'
import { type Route, serveOpen } from '../route.ts'

/** What is ours and stock clients know nothing of. */
export const platformRoutes: readonly Route[] = [
  serveOpen(platform.getHealth, async () => ({
    status: 200,
    body: render({ status: 'ok', product: 'ingot', version }),
  })),
]
