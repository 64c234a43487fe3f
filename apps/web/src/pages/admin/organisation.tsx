import { OrganisationPage } from '../../organisations/organisation-page.tsx'
import { DeskLayout } from '../../frame/desk-layout.tsx'
import type { Page } from '../../frame/page.ts'

const page: Page = () => <OrganisationPage />
page.layout = DeskLayout
page.title = 'admin.organisation'
export default page
