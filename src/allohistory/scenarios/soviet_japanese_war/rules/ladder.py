"""The words that the border's rules share: sectors, rungs of the ladder, instruments of control.

Rungs and instruments are stages of the world (book/variables/border.toml), not quantities: they are only compared.
"""

from allohistory.luck.compiled import kernel

PATROL, COMPANY, BATTALION, DIVISION, ARMY = 1.0, 2.0, 3.0, 4.0, 5.0
THEATRE_WAR, GENERAL_WAR = 6.0, 7.0

NO_LEASH, ADVICE, DIRECTIVE, IMPERIAL_ORDER = 0.0, 1.0, 2.0, 3.0


@kernel
def of_sector(sector, posyet_tumen, ussuri_khanka, amur, argun, halha_buir):
    """The number that belongs to this sector (0 Posyet-Tumen, 1 Ussuri-Khanka, 2 Amur, 3 Argun, 4 Halha-Buir)."""
    if sector == 0:
        return posyet_tumen
    if sector == 1:
        return ussuri_khanka
    if sector == 2:
        return amur
    if sector == 3:
        return argun
    return halha_buir


@kernel
def of_rung(rung, patrol, company, battalion, division, army):
    """The number that belongs to this size of a clash."""
    if rung <= PATROL:
        return patrol
    if rung <= COMPANY:
        return company
    if rung <= BATTALION:
        return battalion
    if rung <= DIVISION:
        return division
    return army


@kernel
def of_leash(leash, advice, directive, imperial_order):
    """The number that belongs to the instrument that binds a field army; 0 where none does."""
    if leash >= IMPERIAL_ORDER:
        return imperial_order
    if leash >= DIRECTIVE:
        return directive
    if leash >= ADVICE:
        return advice
    return 0.0
