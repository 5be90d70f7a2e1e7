"""What the database itself refuses in the register of ties, beyond constraints of one row."""

import pgtrigger

from sister_cities.enums import TIE_STEPS

# A status changes along its table only; records of old ties may begin anywhere.
STATUS_GRAPH = pgtrigger.FSM(
    name="status_graph",
    field="status",
    transitions=sorted((start.value, end.value) for start, ends in TIE_STEPS.items() for end in ends),
)


def not_in_the_future(column: str) -> pgtrigger.Trigger:
    """Return the trigger that refuses a date after today in Shenyang: a check constraint may not ask for the day."""
    return pgtrigger.Trigger(
        name=f"{column}_not_in_the_future",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update,
        func=(
            f"IF NEW.{column} > (now() AT TIME ZONE 'Asia/Shanghai')::date THEN "
            f"RAISE EXCEPTION '{column} lies in the future' USING ERRCODE = 'check_violation'; "
            "END IF; RETURN NEW;"
        ),
    )
