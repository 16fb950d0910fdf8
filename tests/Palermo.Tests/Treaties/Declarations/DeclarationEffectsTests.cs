using Palermo.Data.Facts;
using Palermo.Tests.Support;
using Palermo.Treaties.Declarations;
using Palermo.Treaties.LegalBasis;
using Shouldly;
using Xunit;

namespace Palermo.Tests.Treaties.Declarations;

public sealed class DeclarationEffectsTests
{
    private static readonly DeclarationFact[] Declarations = [.. Shipped.Facts.OfType<DeclarationFact>()];

    [Fact]
    public void EveryTopicAndValueHasARow()
    {
        Declarations.Length.ShouldBe(395);
        Declarations.Where(d => !Shipped.Reference.Effects.For(d).Any()).Select(d => (d.Topic, d.Value)).ShouldBeEmpty();
    }

    [Fact]
    public void EveryRowIsUsedAndStandsOnce()
    {
        static (string, string, string, string, CooperationKinds) Key(DeclarationEffect e) => (e.Topic, e.Value, e.Instrument, e.State, e.Kinds);
        Shipped.Reference.Effects.All.Where(row => !Declarations.Any(d => d.Topic == row.Topic && d.Value == row.Value
                && (row.Instrument.Length == 0 || row.Instrument == d.Instrument) && (row.State.Length == 0 || row.State == d.State)))
            .Select(row => (row.Topic, row.Value, row.Instrument, row.State)).ShouldBeEmpty();
        Shipped.Reference.Effects.All.GroupBy(Key).Where(g => g.Count() > 1).Select(g => g.Key).ShouldBeEmpty();
    }

    [Fact]
    public void ARowForOneStateStandsBeforeTheGeneralOne()
    {
        var general = Shipped.Reference.Effects.For(Shipped.Declared("untoc", "VNM", "other", "non-self-executing")).ToArray();
        general.ShouldHaveSingleItem().Kind.ShouldBe(EffectKind.Warning);
        var own = Shipped.Reference.Effects.For(Shipped.Declared("uncac", "USA", "other", "non-self-executing")).ToArray();
        own.Single(e => e.Kind == EffectKind.Nothing).Kinds.ShouldBe(CooperationKinds.Mla | CooperationKinds.Extradition);
        (own.Single(e => e.Kind == EffectKind.Warning).Kinds & (CooperationKinds.Mla | CooperationKinds.Extradition)).ShouldBe(CooperationKinds.None);
    }

    [Fact]
    public void WhatNobodyHasDescribedHasNoEffect() =>
        Shipped.Reference.Effects.For(Shipped.Declared("untoc", "ITA", "other", "something-new")).ShouldBeEmpty();

    [Fact]
    public void AStatementOnArticlesTouchesOnlyTheKindsThatRestOnThem()
    {
        var registry = Shipped.With(Shipped.Declared("untoc", "ITA", "other", "bank-secrecy", "18(8)"));
        var effect = registry.EffectsBy(Shipped.Instrument("untoc"), Shipped.State("ITA"), new DateOnly(2014, 6, 1)).Single(e => e.Declaration.Value == "bank-secrecy");
        effect.Kinds.ShouldBe(CooperationKinds.Mla | CooperationKinds.SpontaneousInformation);
    }

    /// <summary>Every code an effect carries can be said: as warning, condition, requirement, exclusion or gap.</summary>
    [Fact]
    public void EveryEffectHasItsSentence()
    {
        foreach (var effect in Shipped.Reference.Effects.All)
        {
            var key = effect.Kind switch
            {
                EffectKind.Warning => "basis.warning." + effect.Code,
                EffectKind.Condition => "basis.condition." + effect.Code,
                EffectKind.Excludes or EffectKind.OwnNationals => "basis.excluded." + effect.Code,
                EffectKind.Unknown => "basis.unknown." + effect.Code,
                EffectKind.Basis when effect.Code != "extradition-basis" => "basis.warning." + effect.Code,
                _ => null,
            };
            if (key is not null) Shipped.Texts.Has(key).ShouldBeTrue(key);
        }
    }
}
