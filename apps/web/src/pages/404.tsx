import { NotFound } from '../frame/not-found.tsx'
import type { Page } from '../frame/page.ts'

const page: Page = () => <NotFound />
page.title = 'notFound.title'
export default page
