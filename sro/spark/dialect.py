"""DuckDB's SQL as Spark's: sqlglot translates, and what it leaves or gets wrong is mended here, one step each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlglot import ErrorLevel, exp, parse  # pyright: ignore[reportMissingImports]
from sqlglot.errors import SqlglotError  # pyright: ignore[reportMissingImports]

from sro.engine import EngineError

Macros = dict[str, exp.Create]


@dataclass(frozen=True)
class Statement:
    """One SELECT for Spark, and what its rows become: a TABLE, a VIEW, rows INSERTed into a table, or the answer.

    `reads` are the tables of other schemas that it asks, such as export.shifts.
    """

    becomes: str
    name: str
    sql: str
    reads: frozenset[str] = frozenset()


def translate(sql: str, file: str, macros: Macros, parameters: Mapping[str, str] | None = None) -> list[Statement]:
    """The statements of a file of queries/, for Spark.

    `macros` are those of earlier files; the file's own are added. `parameters` stand for `$name`. Raises EngineError
    naming `file` where something has no like in Spark.
    """
    try:
        parsed = [statement for statement in parse(sql, read="duckdb") if statement is not None]
        return [made for statement in parsed if (made := _statement(statement, file, macros, parameters or {}))]
    except SqlglotError as error:
        says = str(error).strip().splitlines()[0]
        raise EngineError(f"{file} cannot be translated for Spark: {says}") from error


def _statement(statement: exp.Expression, file: str, macros: Macros, parameters: Mapping[str, str]) -> Statement | None:
    if isinstance(statement, exp.Create) and statement.kind == "MACRO":
        if statement.expression is None:  # a body that sqlglot took for something else, and dropped
            raise EngineError(f"{file} cannot be translated for Spark: the body of its macro is not understood.")
        macros[statement.this.this.name.lower()] = statement
        return None
    becomes, name, query = "SELECT", "", statement
    if isinstance(statement, (exp.Create, exp.Insert)):
        becomes = "INSERT" if isinstance(statement, exp.Insert) else str(statement.kind)
        name, query = statement.this.name, statement.expression
        if query is None:  # an empty table
            return None
        if becomes == "INSERT":  # whoever takes the rows sorts them: a sort of each part would be a job of its own
            query.set("order", None)
    for step in (_without_macros, _with_parameters, _without_unknowns, _as_spark_means_it):
        query = step(query, file, macros, parameters)
    reads = frozenset(f"{table.db}.{table.name}" for table in query.find_all(exp.Table) if table.db)
    return Statement(becomes, name, query.sql("spark", comments=False, unsupported_level=ErrorLevel.RAISE), reads)


def _without_macros(query: exp.Expression, file: str, macros: Macros, parameters: Mapping) -> exp.Expression:
    """Macros written out where they are called: Spark's functions need types for what DuckDB leaves open."""

    def written_out(node: exp.Expression) -> exp.Expression:
        if not isinstance(node, exp.Anonymous) or node.name.lower() not in macros:
            return node
        macro = macros[node.name.lower()]
        names = [parameter.name for parameter in macro.this.expressions]
        if len(names) != len(node.expressions):
            raise EngineError(f"{file} cannot be translated for Spark: {node.name} takes {len(names)} arguments.")
        given = {name: argument.transform(written_out) for name, argument in zip(names, node.expressions, strict=True)}

        def filled_in(inner: exp.Expression) -> exp.Expression:
            is_given = isinstance(inner, exp.Column) and not inner.table and inner.name in given
            return exp.paren(given[inner.name].copy()) if is_given else inner

        return exp.paren(macro.expression.copy().transform(filled_in).transform(written_out))

    return query.copy().transform(written_out)


def _with_parameters(query: exp.Expression, file: str, macros: Macros, parameters: Mapping[str, str]) -> exp.Expression:
    """`$metric` as a text: the statement is kept as a plan and not run at once."""

    def said(node: exp.Expression) -> exp.Expression:
        if not isinstance(node, exp.Placeholder):
            return node
        if node.name not in parameters:
            raise EngineError(f"{file} cannot be translated for Spark: nothing is given for ${node.name}.")
        return exp.Literal.string(parameters[node.name])

    return query.transform(said)


def _without_unknowns(query: exp.Expression, file: str, macros: Macros, parameters: Mapping) -> exp.Expression:
    """sqlglot hands a format of DuckDB (`{}`) to Spark's, which reads `%s` and would write the braces."""
    if query.find(exp.Format):
        raise EngineError(f"{file} cannot be translated for Spark: write format() with || instead.")
    return query


def _as_spark_means_it(query: exp.Expression, file: str, macros: Macros, parameters: Mapping) -> exp.Expression:
    """Functions that both know and mean otherwise."""

    def monday_is_one(node: exp.Expression) -> exp.Expression:
        """sqlglot counts Monday as 3; Spark's weekday counts it as 0."""
        return exp.paren(exp.func("WEEKDAY", node.this.copy()) + 1) if isinstance(node, exp.DayOfWeekIso) else node

    def among_the_known(node: exp.Expression) -> exp.Expression:
        """DuckDB's min_by and max_by pass over rows without the first argument; Spark's may answer with NULL."""
        if not isinstance(node, (exp.ArgMin, exp.ArgMax)):
            return node
        is_known = exp.Where(this=node.this.copy().is_(exp.null()).not_())
        return exp.Filter(this=node.copy(), expression=is_known)

    return query.transform(monday_is_one).transform(among_the_known)
