"""The order and the names of blind review."""

from annotator.adjudication.blind import blind_names, blind_order, seed_of

PEOPLE = ("ana", "bo", "cy", "di")


def test_order_is_the_same_for_a_document_and_another_in_others() -> None:
    orders = {blind_order(PEOPLE, seed_of("project", f"document-{number}")) for number in range(30)}

    assert len(orders) > 5
    assert all(sorted(order) == list(PEOPLE) for order in orders)
    assert blind_order(PEOPLE, 7) == blind_order(reversed(PEOPLE), 7)


def test_names_are_letters_by_place() -> None:
    assert blind_names(("di", "ana")) == {"di": "Annotator A", "ana": "Annotator B"}
    many = blind_names([f"p{number}" for number in range(28)])
    assert (many["p25"], many["p26"], many["p27"]) == ("Annotator Z", "Annotator AA", "Annotator AB")
