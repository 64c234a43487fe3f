import { Broken } from '../frame/broken.tsx'
import type { Page } from '../frame/page.ts'

const page: Page = () => <Broken onRetry={() => location.reload()} />
export default page
