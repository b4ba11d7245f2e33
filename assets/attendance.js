/* The attendance grid by keyboard: Enter and the up and down arrows move between rows, and rows are added
 * when the last one is used. Without it the grid is a form with ten empty rows. */
const MOST = 500;

function controls(row) {
	return [...row.querySelectorAll("input:not([type=hidden]), select")];
}

function rowsOf(table) {
	return [...table.querySelectorAll("tr.app-grid__row")];
}

/* A copy of the last row, emptied and numbered on. */
function addRow(table) {
	const rows = rowsOf(table);
	const last = rows[rows.length - 1];
	const number = rows.length + 1;
	if (number > MOST) {
		return;
	}
	const row = last.cloneNode(true);
	for (const message of row.querySelectorAll(".govuk-error-message")) {
		message.remove();
	}
	for (const control of controls(row)) {
		const name = control.name.replace(/\d+$/, String(number));
		const label = row.querySelector(`label[for="${control.id}"]`);
		control.name = name;
		control.id = name;
		control.removeAttribute("aria-describedby");
		control.classList.remove("govuk-input--error");
		if (control.tagName === "INPUT") {
			control.value = "";
		}
		if (label) {
			label.htmlFor = name;
			label.textContent = label.textContent.replace(/\d+(\s*)$/, `${number}$1`);
		}
	}
	for (const group of row.querySelectorAll(".govuk-form-group--error")) {
		group.classList.remove("govuk-form-group--error");
	}
	last.parentNode.append(row);
}

function move(table, control, by) {
	const rows = rowsOf(table);
	const at = rows.indexOf(control.closest("tr"));
	const column = controls(rows[at]).indexOf(control);
	if (by > 0 && at === rows.length - 1) {
		addRow(table);
	}
	const to = rowsOf(table)[at + by];
	if (to) {
		controls(to)[column].focus();
	}
}

function onKey(table, event) {
	const control = event.target;
	const text = control.tagName === "INPUT";
	if (!control.closest("tr.app-grid__row") || event.altKey || event.ctrlKey || event.metaKey || event.isComposing) {
		return;
	}
	/* In a select the arrows choose, so only Enter leaves it. */
	if (event.key === "Enter" || (text && event.key === "ArrowDown")) {
		event.preventDefault();
		move(table, control, event.shiftKey && event.key === "Enter" ? -1 : 1);
	} else if (text && event.key === "ArrowUp") {
		event.preventDefault();
		move(table, control, -1);
	}
}

for (const table of document.querySelectorAll("[data-app-grid]")) {
	table.addEventListener("keydown", (event) => onKey(table, event));
	table.addEventListener("input", (event) => {
		const rows = rowsOf(table);
		if (event.target.closest("tr") === rows[rows.length - 1]) {
			addRow(table);
		}
	});
}
