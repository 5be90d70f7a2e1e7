"""The friendship compass: great circles (`sphere`), geometry (`dial`, `small_dial`, `name_columns`), and the dials of ties (`dials`)."""
