// Starts the NHS.UK components. Every page works without it.
import { initAll } from './nhsuk/nhsuk.min.js'

document.body.classList.add('js-enabled', 'nhsuk-frontend-supported')
initAll()
