"""The labels that make a row of a table a card where the page is narrow."""

from markupsafe import Markup

from workbench.core.web.card_tables import label_cells


def test_each_cell_has_the_heading_of_its_column_in_each_row():
    rows = Markup(
        '<tr><th scope="row">Ada</th><td class="number">3</td></tr>\n<tr><th scope="row">Bo</th><td>4</td></tr>'
    )
    assert label_cells(rows, ("Name", "Roles")) == (
        '<tr><th scope="row" data-label="Name">Ada</th><td class="number" data-label="Roles">3</td></tr>\n'
        '<tr><th scope="row" data-label="Name">Bo</th><td data-label="Roles">4</td></tr>'
    )


def test_a_heading_is_escaped_and_an_empty_one_is_no_label():
    rows = Markup("<tr><td>1</td><td>2</td></tr>")
    assert label_cells(rows, ('Loss & "gain"', "")) == (
        '<tr><td data-label="Loss &amp; &#34;gain&#34;">1</td><td>2</td></tr>'
    )


def test_a_cell_over_several_columns_and_one_with_a_label_of_its_own_stay_as_they_are():
    rows = '<tr><td colspan="2">Nothing yet.</td></tr><tr><td data-label="Sum">1</td><td>2</td><td>3</td></tr>'
    assert label_cells(Markup(rows), ("A", "B")) == rows.replace("<td>2", '<td data-label="B">2')
