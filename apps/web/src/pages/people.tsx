import { PeoplePage } from '../members/people-page.tsx'
import { DeskLayout } from '../frame/desk-layout.tsx'
import type { Page } from '../frame/page.ts'

const page: Page = () => <PeoplePage />
page.layout = DeskLayout
page.title = 'people.title'
export default page
